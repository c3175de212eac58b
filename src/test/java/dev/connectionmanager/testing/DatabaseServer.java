package dev.connectionmanager.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The PostgreSQL of a test's own portal, which may be away for a while. */
public final class DatabaseServer {
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final Path data;
    private final Path log;

    /** @param directory of the portal's local data */
    public DatabaseServer(Path directory) {
        this.data = directory.resolve("database");
        this.log = directory.resolve("database.log");
    }

    /** Ends it as a power cut does: every connection breaks, and none is taken any more. */
    public void crash() throws Exception {
        var server = ProcessHandle.of(Long.parseLong(pidFile().get(0).strip())).orElseThrow();
        Shell.run(data, "kill -QUIT " + server.pid());
        server.onExit().get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Starts it again as it was, and waits until it takes connections. */
    public void start() throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            // It does not run as root; the embedded one does the same.
            command.addAll(List.of("unshare", "-U"));
        }
        ARGUMENT.matcher(Files.readString(data.resolve("postmaster.opts")))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .forEach(command::add);
        var into = ProcessBuilder.Redirect.appendTo(log.toFile());
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(into)
                .start();
        Patience.until("the database is back", this::takesConnections);
    }

    /** A connection of its superuser's, to the database that the portal uses. */
    public Connection connect(String database) throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + pidFile().get(3) + "/" + database, "postgres", "postgres");
    }

    private List<String> pidFile() throws IOException {
        return Files.readAllLines(data.resolve("postmaster.pid"));
    }

    private boolean takesConnections() {
        try (var connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException | IOException | IndexOutOfBoundsException notYet) {
            return false;
        }
    }
}
