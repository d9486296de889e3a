package io.crossfade.localaws.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What Lambda's managed Java runtime does: loads the handler and polls the Lambda Runtime API
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). AWS's own client of that API
 * runs on Linux only; this runs where Java does. It sees no class but its own and the artifact's.
 */
public final class JvmRuntime {
  private static final String HANDLER = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String api =
      "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";

  private JvmRuntime() {}

  public static void main(String[] arguments) throws Exception {
    JvmRuntime runtime = new JvmRuntime();
    try {
      runtime.serve(new File(arguments[0]));
    } catch (java.net.ConnectException hostIsGone) {
      System.exit(0);
    }
  }

  private void serve(File artifact) throws Exception {
    Object handler;
    Method handle;
    Class<?> contextType;
    try {
      ClassLoader loader = loader(artifact);
      Thread.currentThread().setContextClassLoader(loader);
      contextType = loader.loadClass("com.amazonaws.services.lambda.runtime.Context");
      Class<?> type = loader.loadClass(HANDLER);
      handler = type.getDeclaredConstructor().newInstance();
      handle = type.getMethod("handleRequest", InputStream.class, OutputStream.class, contextType);
    } catch (ReflectiveOperationException | LinkageError broken) {
      unwrapped(broken).printStackTrace();
      post("init/error", error(unwrapped(broken)));
      System.exit(1);
      return;
    }
    while (true) {
      HttpResponse<byte[]> next = get("invocation/next");
      String id = next.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        handle.invoke(
            handler, new ByteArrayInputStream(next.body()), answer, context(contextType, id, next));
        post("invocation/" + id + "/response", answer.toByteArray());
      } catch (InvocationTargetException failed) {
        post("invocation/" + id + "/error", error(unwrapped(failed)));
      }
    }
  }

  /** As on Lambda: the artifact's own folder, then the jars in its {@code lib}. */
  private static ClassLoader loader(File artifact) throws Exception {
    List<URL> jars = new ArrayList<>(List.of(artifact.toURI().toURL()));
    File[] files = new File(artifact, "lib").listFiles();
    for (File file : files == null ? new File[0] : files) {
      jars.add(file.toURI().toURL());
    }
    return new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  private static Object context(Class<?> type, String id, HttpResponse<byte[]> next) {
    long deadline =
        next.headers().firstValueAsLong("Lambda-Runtime-Deadline-Ms").orElse(Long.MAX_VALUE);
    String arn = next.headers().firstValue("Lambda-Runtime-Invoked-Function-Arn").orElse("");
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, values) ->
            switch (method.getName()) {
              case "getAwsRequestId" -> id;
              case "getInvokedFunctionArn" -> arn;
              case "getFunctionName" -> System.getenv("AWS_LAMBDA_FUNCTION_NAME");
              case "getRemainingTimeInMillis" -> (int) (deadline - System.currentTimeMillis());
              case "getMemoryLimitInMB" -> (int) (Runtime.getRuntime().maxMemory() >> 20);
              case "toString" -> "context of " + id;
              default -> null;
            });
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof InvocationTargetException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static byte[] error(Throwable thrown) {
    StringBuilder trace = new StringBuilder();
    for (StackTraceElement element : thrown.getStackTrace()) {
      trace.append(trace.length() == 0 ? "" : ",").append(quoted(element.toString()));
    }
    String json =
        "{\"errorMessage\":%s,\"errorType\":%s,\"stackTrace\":[%s]}"
            .formatted(
                quoted(String.valueOf(thrown.getMessage())),
                quoted(thrown.getClass().getName()),
                trace);
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(api + path)).GET().build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private void post(String path, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    http.send(request, HttpResponse.BodyHandlers.discarding());
  }
}
