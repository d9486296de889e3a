package io.crossfade.localaws.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Drives a JVM artifact as AWS's runtime interface client does: asks for an invocation, runs the
 * handler, answers. It is the main class of a process of its own, must stay one class file and
 * needs nothing but the JDK. It stands on the artifact's class path, where class data sharing works
 * best, and the artifact sees no other class of ours.
 */
public final class JvmRuntime {
  private static final String HANDLER = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler";
  private static final String LAMBDA = "com.amazonaws.services.lambda.runtime.";
  private static final int DEEPEST_CAUSE = 5;

  /** The system property by which a process ends once the handler is there. */
  static final String START_ONLY = "localaws.start-only";

  private final String api =
      "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";
  private final ClassLoader loader;
  private Object handler;
  private Method handle;

  private JvmRuntime(ClassLoader loader) {
    this.loader = loader;
  }

  public static void main(String[] arguments) throws IOException {
    // A handler that hangs must not outlive whoever started this process either.
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
    JvmRuntime runtime = new JvmRuntime(JvmRuntime.class.getClassLoader());
    boolean startOnly = Boolean.getBoolean(START_ONLY);
    try {
      runtime.start();
      if (startOnly) {
        System.exit(0);
      }
      runtime.poll();
    } catch (IOException e) {
      // The other side is gone, so nobody needs this process any more.
      Runtime.getRuntime().halt(startOnly ? 1 : 0);
    }
  }

  private void start() throws IOException {
    try {
      Class<?> type = Class.forName(HANDLER, true, loader);
      handler = type.getDeclaredConstructor().newInstance();
      handle =
          type.getMethod("handleRequest", InputStream.class, OutputStream.class, lambda("Context"));
    } catch (Throwable e) {
      e.printStackTrace();
      post("init/error", error(original(e), 0), e);
      Runtime.getRuntime().halt(1);
    }
  }

  private Class<?> lambda(String name) throws ClassNotFoundException {
    return Class.forName(LAMBDA + name, true, loader);
  }

  private void poll() throws IOException {
    while (true) {
      HttpURLConnection next =
          (HttpURLConnection) URI.create(api + "invocation/next").toURL().openConnection();
      byte[] event;
      try (InputStream in = next.getInputStream()) {
        event = in.readAllBytes();
      }
      run(next, event);
    }
  }

  private void run(HttpURLConnection next, byte[] event) throws IOException {
    String id = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
    setTrace(next.getHeaderField("Lambda-Runtime-Trace-Id"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      handle.invoke(handler, new ByteArrayInputStream(event), out, context(next, id));
      post("invocation/" + id + "/response", out.toByteArray(), null);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      Throwable original = original(e);
      original.printStackTrace();
      post("invocation/" + id + "/error", error(original, 0), original);
      if (original instanceof VirtualMachineError) {
        Runtime.getRuntime().halt(1);
      }
    }
  }

  private static void setTrace(String trace) {
    if (trace != null) {
      System.setProperty("com.amazonaws.xray.traceHeader", trace);
    }
  }

  /** What the handler threw, as on Lambda: without the wrapping of a reflective call. */
  private static Throwable original(Throwable e) {
    boolean wrapped =
        e instanceof InvocationTargetException || e instanceof ExceptionInInitializerError;
    return wrapped && e.getCause() != null ? e.getCause() : e;
  }

  private Object context(HttpURLConnection next, String id) throws ClassNotFoundException {
    long deadline = Long.parseLong(next.getHeaderField("Lambda-Runtime-Deadline-Ms"));
    String arn = next.getHeaderField("Lambda-Runtime-Invoked-Function-Arn");
    Object logger = proxy("LambdaLogger", (proxy, method, in) -> log(in));
    return proxy(
        "Context",
        (proxy, method, in) ->
            switch (method.getName()) {
              case "getAwsRequestId" -> id;
              case "getFunctionName" -> System.getenv("AWS_LAMBDA_FUNCTION_NAME");
              case "getFunctionVersion" -> System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
              case "getInvokedFunctionArn" -> arn;
              case "getLogGroupName" -> System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
              case "getLogStreamName" -> System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
              case "getRemainingTimeInMillis" -> (int) (deadline - System.currentTimeMillis());
              case "getMemoryLimitInMB" ->
                  Integer.valueOf(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
              case "getLogger" -> logger;
              default -> null;
            });
  }

  private Object proxy(String type, java.lang.reflect.InvocationHandler calls)
      throws ClassNotFoundException {
    return Proxy.newProxyInstance(loader, new Class<?>[] {lambda(type)}, calls);
  }

  private static Object log(Object[] in) {
    System.out.println(
        in[0] instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : in[0]);
    return null;
  }

  private void post(String path, byte[] body, Throwable error) throws IOException {
    HttpURLConnection post = (HttpURLConnection) URI.create(api + path).toURL().openConnection();
    post.setRequestMethod("POST");
    post.setDoOutput(true);
    post.setRequestProperty("Content-Type", "application/json");
    if (error != null) {
      post.setRequestProperty("Lambda-Runtime-Function-Error-Type", error.getClass().getName());
    }
    post.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = post.getOutputStream()) {
      out.write(body);
    }
    try (InputStream in = post.getInputStream()) {
      in.readAllBytes();
    }
  }

  private static byte[] error(Throwable e, int depth) {
    return errorText(e, depth).getBytes(StandardCharsets.UTF_8);
  }

  private static String errorText(Throwable e, int depth) {
    StringBuilder out = new StringBuilder("{\"errorMessage\":").append(quoted(e.getMessage()));
    out.append(",\"errorType\":")
        .append(quoted(e.getClass().getName()))
        .append(",\"stackTrace\":[");
    String separator = "";
    for (StackTraceElement frame : e.getStackTrace()) {
      out.append(separator).append(quoted(frame.toString()));
      separator = ",";
    }
    out.append(']');
    if (e.getCause() != null && depth < DEEPEST_CAUSE) {
      out.append(",\"cause\":").append(errorText(e.getCause(), depth + 1));
    }
    return out.append('}').toString();
  }

  private static String quoted(String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
