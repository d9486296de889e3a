package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend's own user of the database, at stand-ins for {@code aws} and the two clients. */
class DatabaseUserTest {
  private static final String AWS =
      """
      #!/usr/bin/env bash
      case "$*" in
        *DatabaseAddress*) echo "db.internal:5432:$ENGINE:booking" ;;
        *"'DatabaseSecretArn'"*) echo owner ;;
        *BackendDatabaseSecretArn*) echo backend ;;
        *BastionId*) echo i-1 ;;
        *get-secret-value*owner*) echo '{"username": "booking", "password": "0wner"}' ;;
        *get-secret-value*backend*) echo "{\\"username\\": \\"booking_backend\\", \\"password\\": \\"$PASSWORD\\"}" ;;
        *start-session*)
          # What holds the tunnel is a child, the Session Manager plugin.
          (trap 'echo >ended; exit' TERM; sleep 600 & wait) &
          echo $! >plugin
          echo "$*" >session
          wait ;;
        *) echo "unexpected: $*" >&2; exit 252 ;;
      esac
      """;

  /** Waits for the tunnel as a client would, by failing. */
  private static final String CLIENT =
      """
      #!/usr/bin/env bash
      [[ -e session ]] || exit 2
      echo "$0 $*" >arguments
      echo "$PGPASSWORD$MYSQL_PWD $PGSSLMODE" >environment
      cat >statements
      """;

  @TempDir Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeAll
  static void needsBashAndJq() {
    Tool.require(
        Tool.starts("bash", "-c", "jq --version"),
        "there is no bash or no jq: database-user.sh is not tested");
  }

  @BeforeEach
  void standIns() throws IOException {
    for (String name : List.of("aws", "psql", "mysql")) {
      Tool.standIn(folder.resolve(name), name.equals("aws") ? AWS : CLIENT);
    }
    environment.put("PATH", folder + ":" + System.getenv("PATH"));
    environment.put("PASSWORD", "s3cret");
    environment.put("ENGINE", "postgres");
  }

  @Test
  void postgresUserOwnsASchemaAndIsNoSuperuser() {
    assertThat(user().exit()).isZero();
    assertThat(folder.resolve("statements"))
        .content()
        .contains("ALTER ROLE booking_backend LOGIN PASSWORD 's3cret';")
        .contains("CREATE SCHEMA IF NOT EXISTS AUTHORIZATION booking_backend;")
        .doesNotContain("SUPERUSER", "rds_superuser", "CREATEROLE");
    assertThat(folder.resolve("environment")).hasContent("0wner require");
    assertThat(folder.resolve("arguments"))
        .content()
        .contains("--username booking --dbname booking", "ON_ERROR_STOP=1")
        .doesNotContain("0wner", "s3cret");
    assertThat(folder.resolve("session"))
        .content()
        .contains("--target i-1", "host=db.internal,portNumber=5432,localPortNumber=15432")
        .doesNotContain("0wner", "s3cret");
  }

  @Test
  void mySqlUserMustUseTls() {
    environment.put("ENGINE", "mysql");
    assertThat(user().exit()).isZero();
    assertThat(folder.resolve("statements"))
        .content()
        .contains("'booking_backend'@'%' IDENTIFIED BY 's3cret' REQUIRE SSL;")
        .contains("GRANT ALL ON booking.* TO 'booking_backend'@'%';");
    assertThat(folder.resolve("arguments"))
        .content()
        .contains("--ssl-mode=REQUIRED")
        .doesNotContain("0wner", "s3cret");
  }

  @Test
  void passwordThatWouldEndTheStatementIsRefused() {
    environment.put("PASSWORD", "x'; DROP TABLE orders; --");
    Tool.Run run = user();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("not as site.yaml makes it").doesNotContain("DROP");
    assertThat(folder.resolve("statements")).doesNotExist();
  }

  @Test
  void tunnelEndsWithTheScript() throws IOException {
    assertThat(user().exit()).isZero();
    Path ended = folder.resolve("ended");
    Instant deadline = Instant.now().plusSeconds(20);
    while (Files.notExists(ended) && Instant.now().isBefore(deadline)) {
      Thread.onSpinWait();
    }
    endPlugin();
    assertThat(ended).exists();
  }

  private void endPlugin() throws IOException {
    long plugin = Long.parseLong(Files.readString(folder.resolve("plugin")).strip());
    ProcessHandle.of(plugin)
        .ifPresent(
            process -> {
              process.descendants().forEach(ProcessHandle::destroyForcibly);
              process.destroyForcibly();
            });
  }

  private Tool.Run user() {
    Path script = Path.of("infrastructure/database-user.sh").toAbsolutePath();
    return Tool.run(
        List.of("bash", script.toString(), "booking-site", "booking-network"), environment, folder);
  }
}
