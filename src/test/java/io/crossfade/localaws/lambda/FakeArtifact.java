package io.crossfade.localaws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** A function.zip with a handler that does as it is told, compiled on the spot. */
public final class FakeArtifact {
  private static final String SOURCE =
      """
      package io.quarkus.amazon.lambda.runtime;

      import com.amazonaws.services.lambda.runtime.Context;
      import java.io.*;

      public class QuarkusStreamHandler {
        static {
          if (System.getenv("EXIT_AT_START") != null) {
            System.out.println("there is no floor");
            System.err.println("falling");
            Runtime.getRuntime().halt(7);
          }
          if (System.getenv("FAIL_AT_START") != null) {
            throw new IllegalStateException("no such handler");
          }
        }

        public static class Oops extends RuntimeException {
          Oops(String message) { super(message); }
        }

        public void handleRequest(InputStream in, OutputStream out, Context context)
            throws Exception {
          String text = new String(in.readAllBytes(), "UTF-8");
          System.out.println("told " + text);
          switch (text) {
            case "\\"throw\\"" -> throw new Oops("a \\"quoted\\" message");
            case "\\"exit\\"" -> Runtime.getRuntime().halt(3);
            case "\\"hang\\"" -> Thread.sleep(600_000);
            case "\\"pid\\"" -> text = String.valueOf(ProcessHandle.current().pid());
            case "\\"name\\"" -> text = '"' + context.getFunctionName() + ' '
                + context.getInvokedFunctionArn() + ' ' + context.getAwsRequestId().length()
                + ' ' + (context.getRemainingTimeInMillis() > 0) + '"';
            case "\\"locale\\"" -> text = '"' + java.util.Locale.getDefault().toString() + ' '
                + java.nio.charset.Charset.defaultCharset() + ' ' + threadLocals() + '"';
            case "\\"env\\"" -> text = '"' + String.join(",", new java.util.TreeSet<>(System.getenv().keySet())) + '"';
            case "\\"loader\\"" -> text = '"' + visible("io.crossfade.localaws.lambda.FunctionHost")
                + " " + visible("org.junit.jupiter.api.Test") + '"';
            default -> {
              if (text.startsWith("\\"meet ")) {
                meet(text.replace("\\"", "").substring(5));
              }
            }
          }
          out.write(text.getBytes("UTF-8"));
        }

        /** Returns once two calls have come here. */
        private static void meet(String folder) throws Exception {
          File.createTempFile("met", "", new File(folder));
          while (new File(folder).list().length < 2) {
            Thread.sleep(5);
          }
        }

        private static String threadLocals() throws Exception {
          try {
            Thread.class.getDeclaredField("threadLocals").setAccessible(true);
            return "open";
          } catch (RuntimeException closed) {
            return "closed";
          }
        }

        private static String visible(String name) {
          try {
            Class.forName(name);
            return "visible";
          } catch (ClassNotFoundException e) {
            return "hidden";
          }
        }
      }
      """;

  private FakeArtifact() {}

  public static Path write(Path folder) throws IOException {
    Path classes = compile(folder);
    Path zip = folder.resolve("function.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      add(out, "lib/lambda-core.jar", Files.readAllBytes(lambdaCore()));
      try (var compiled = Files.walk(classes)) {
        for (Path each : compiled.filter(f -> f.toString().endsWith(".class")).toList()) {
          String name = classes.relativize(each).toString().replace('\\', '/');
          add(out, name, Files.readAllBytes(each));
        }
      }
    }
    return zip;
  }

  private static Path compile(Path folder) throws IOException {
    Path source = folder.resolve("QuarkusStreamHandler.java");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Files.writeString(source, SOURCE);
    List<String> arguments =
        List.of("-cp", lambdaCore().toString(), "-d", classes.toString(), source.toString());
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, System.out, System.err, arguments.toArray(String[]::new));
    if (result != 0) {
      throw new IllegalStateException("the fake handler does not compile");
    }
    return classes;
  }

  private static Path lambdaCore() {
    try {
      return Path.of(Context.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(ZipOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
