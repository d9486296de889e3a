package io.crossfade.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.rehearsal.page.PageActions;
import io.crossfade.rehearsal.page.PageServer;
import io.crossfade.rehearsal.page.PageState;
import io.crossfade.rehearsal.page.PageState.LogLine;
import io.crossfade.rehearsal.page.PageState.Run;
import io.crossfade.rehearsal.page.StateDiagram;
import io.crossfade.rehearsal.page.StateGraph;
import io.crossfade.rehearsal.page.Trouble;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The page in a browser: from before the local AWS is there until the process ends. */
final class RehearsalPage implements PageActions, AutoCloseable {
  private static final Path DEFINITION = Path.of("statemachine", "release.asl.json");

  private final String title;
  private final double speed;
  private final List<LogLine> said = new CopyOnWriteArrayList<>();
  private final PageServer server;
  private volatile Subject subject;

  /** What is looked at: one rehearsal, of which there may be two, one after the other. */
  interface Subject {
    /** Seconds of the rehearsal's clock since the visitors came. */
    double elapsed();

    /**
     * The present state.
     *
     * @param said what was printed so far
     */
    PageState state(String title, List<LogLine> said);

    boolean make(Trouble trouble);

    boolean click(JsonNode click);
  }

  RehearsalPage(Options options, ReleaseFile file, ProgressPrinter printer) throws IOException {
    this.title = file.release().imageUri().replaceAll("(@sha256:\\w{12})\\w+", "$1…");
    this.speed = options.speed();
    JsonNode definition = new ObjectMapper().readTree(DEFINITION.toFile());
    String diagram =
        StateDiagram.draw(StateGraph.of(definition, state -> DisplayedState.of(state, state)));
    this.server = new PageServer(PageServer.FIRST_PORT, diagram, this);
    printer.onSaid(text -> said.add(new LogLine(subject == null ? 0 : subject.elapsed(), text)));
  }

  URI url() {
    return server.url();
  }

  /** From now on it shows this one. */
  void show(Subject shown) {
    subject = shown;
  }

  @Override
  public PageState state() {
    Subject shown = subject;
    return shown == null ? starting() : shown.state(title, said);
  }

  private PageState starting() {
    return new PageState(
        title,
        Run.STARTING,
        speed,
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
        said,
        null);
  }

  @Override
  public boolean make(Trouble trouble) {
    Subject shown = subject;
    return shown != null && shown.make(trouble);
  }

  @Override
  public boolean click(JsonNode click) {
    Subject shown = subject;
    return shown != null && shown.click(click);
  }

  @Override
  public void close() {
    server.close();
  }
}
