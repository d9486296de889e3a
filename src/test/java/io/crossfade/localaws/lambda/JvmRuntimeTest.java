package io.crossfade.localaws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JvmRuntimeTest {
  @TempDir static Path build;
  static Path zip;
  @TempDir Path work;

  @BeforeAll
  static void packageIt() throws IOException {
    zip = FakeArtifact.write(build);
  }

  @Test
  void theProcessEndsWhenNobodyIsThereToPoll() throws Exception {
    Artifact artifact = Artifact.unzip(zip, work);
    RuntimeApi api = new RuntimeApi("arn");
    ProcessBuilder builder = new ProcessBuilder(artifact.command(128)).inheritIO();
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    Process process = builder.start();
    api.ready().get(60, TimeUnit.SECONDS);
    assertThat(process.isAlive()).isTrue();
    api.close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  /** The executable stands in for a native one: a script that starts the runtime by itself. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anExecutableArtifactIsStartedAsItIs() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    String script =
        "#!/bin/sh\nexec '%s' -cp '%s':\"$LAMBDA_TASK_ROOT:$LAMBDA_TASK_ROOT/lib/*\" %s\n"
            .formatted(java, runtime(), JvmRuntime.class.getName());
    try (FunctionHost host = new FunctionHost(withBootstrap(script), work)) {
      host.register(new FunctionConfig("f", Map.of(), Duration.ofSeconds(60), 128));
      assertThat(host.isNative()).isTrue();
      assertThat(host.invoke("f", TextNode.valueOf("hello")).asText()).isEqualTo("hello");
    }
  }

  private Path runtime() throws IOException {
    return Artifact.unzip(zip, work.resolve("jvm")).folder().resolveSibling("runtime/runtime.jar");
  }

  private Path withBootstrap(String script) throws IOException {
    Path target = work.resolve("native.zip");
    try (OutputStream file = Files.newOutputStream(target);
        ZipOutputStream out = new ZipOutputStream(file);
        ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        in.transferTo(out);
      }
      out.putNextEntry(new ZipEntry("bootstrap"));
      out.write(script.getBytes(StandardCharsets.UTF_8));
    }
    return target;
  }
}
