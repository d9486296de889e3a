package io.crossfade.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageServerTest {
  private final FakeActions actions = new FakeActions();
  private final PageServer server = new PageServer(freePort(), "<svg id=\"drawn\"/>", actions);
  private final int port = server.url().getPort();

  /** Does nothing, and remembers what it was asked for. */
  private static final class FakeActions implements PageActions {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public PageState state() {
      asked.add("state");
      return new PageState(
          "one release",
          PageState.Run.STARTING,
          10,
          0,
          "",
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          null,
          List.of(),
          List.of(),
          null);
    }

    @Override
    public boolean make(Trouble trouble) {
      asked.add("make " + trouble);
      return trouble == Trouble.ALARM;
    }

    @Override
    public boolean click(JsonNode click) {
      asked.add("click " + click);
      return true;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** The status line alone: a stream of events would not end. */
  private String status(String start, String body, String... headers) throws IOException {
    return send(start, body, BufferedReader::readLine, headers);
  }

  private String page() throws IOException {
    return send(
        "GET /",
        "",
        response -> response.lines().collect(Collectors.joining("\n")),
        "Host: localhost:" + port);
  }

  private interface Reading {
    String from(BufferedReader response) throws IOException;
  }

  private String send(String start, String body, Reading reading, String... headers)
      throws IOException {
    try (Socket socket = connect()) {
      List<String> request = new ArrayList<>(List.of(start + " HTTP/1.1"));
      request.addAll(List.of(headers));
      request.addAll(List.of("Connection: close", "Content-Length: " + body.length(), "", body));
      socket.getOutputStream().write(String.join("\r\n", request).getBytes(StandardCharsets.UTF_8));
      return reading.from(reader(socket));
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
    socket.setSoTimeout(30_000);
    return socket;
  }

  @Test
  void thePageHasTheDiagramAndMayLoadNothingFromElsewhere() throws Exception {
    assertThat(page())
        .startsWith("HTTP/1.1 200 OK")
        .contains("<svg id=\"drawn\"/>")
        .containsIgnoringCase(
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';"
                + " connect-src 'self'");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /page.css,  200",
    "GET /page.js,   200",
    "GET /chart.js,  200",
    "GET /other,     404",
    "GET /click,     404",
    "GET /trouble/alarm, 404",
    "PUT /,          405"
  })
  void nothingElseIsServed(String start, int status) throws Exception {
    assertThat(status(start, "", "Host: localhost:" + port)).contains(" " + status + " ");
    assertThat(actions.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"GET /", "GET /events", "GET /page.js", "POST /trouble/alarm"})
  void aNameThatPointsHereIsNotEnough(String start) throws Exception {
    String host = "evil.example:" + port;
    assertThat(
            status(
                start,
                "{}",
                "Host: " + host,
                "Origin: http://" + host,
                "Content-Type: application/json"))
        .startsWith("HTTP/1.1 403 Forbidden");
    assertThat(actions.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          /trouble/alarm,     here,                application/json, 204, make ALARM
          /trouble/stop,      here,                application/json, 409, make STOP
          /trouble/ALARM,     here,                application/json, 409, -
          /click,             here,                application/json, 204, click {}
          /other,             here,                application/json, 404, -
          /trouble/alarm,     http://evil.example, application/json, 403, -
          /click,             http://evil.example, application/json, 403, -
          /click,             null,                application/json, 403, -
          /trouble/alarm,     here,                text/plain,       403, -
          """)
  void onlyThePageActs(String path, String origin, String type, int status, String asked)
      throws Exception {
    String own = "http://localhost:" + port;
    assertThat(
            status(
                "POST " + path,
                "{}",
                "Host: localhost:" + port,
                "Origin: " + origin.replace("here", own),
                "Content-Type: " + type))
        .contains(" " + status + " ");
    assertThat(actions.asked).isEqualTo(asked == null ? List.of() : List.of(asked));
  }

  @Test
  void whoLooksIsSentTheStateAtOnceAndAgainAtTheEnd() throws Exception {
    try (Socket socket = connect()) {
      String request = "GET /events HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      BufferedReader events = reader(socket);
      assertThat(next(events).path("title").asText()).isEqualTo("one release");
      server.close();
      assertThat(next(events).path("run").asText()).isEqualTo("STARTING");
      assertThat(events.lines().anyMatch(line -> line.equals("0"))).as("ended properly").isTrue();
    }
  }

  private static JsonNode next(BufferedReader events) throws IOException {
    String line = events.readLine();
    while (!line.startsWith("data: ")) {
      line = events.readLine();
    }
    return new ObjectMapper().readTree(line.substring("data: ".length()));
  }

  @Test
  void aPortThatIsTakenIsPassedOver() {
    try (PageServer next = new PageServer(port, "", actions)) {
      assertThat(next.url().getPort()).isGreaterThan(port);
    }
  }

  @Test
  void whileNobodyLooksNothingIsComputed() throws Exception {
    page();
    server.close();
    assertThat(actions.asked).isEmpty();
  }
}
