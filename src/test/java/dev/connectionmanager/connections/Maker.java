package dev.connectionmanager.connections;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How each framework is installed from its registry, and a kit's files are started with it. */
enum Maker {
    SPRING_SECURITY("/login/oauth2/code/cis2", "/logout/connect/back-channel/cis2") {
        @Override
        void install(Path home) throws IOException, InterruptedException {
            Program.run(home, "mvn", "-B", "-q", "dependency:copy-dependencies", "-DoutputDirectory=lib");
        }

        @Override
        List<String> command(Path home, int port) throws IOException, InterruptedException {
            var classes = Files.createTempDirectory(home, "classes-").toString();
            var sources = files(home, ".java");
            for (var source : sources) {
                // In a package, as the kit asks for.
                var text = Files.readString(Path.of(source));
                Files.writeString(Path.of(source), text.startsWith("package") ? text : "package app;\n" + text);
            }
            Program.run(
                    home,
                    Stream.concat(
                                    Stream.of("javac", "-parameters", "-proc:none", "-d", classes, "-cp", "lib/*"),
                                    sources.stream())
                            .toArray(String[]::new));
            return List.of(
                    "java",
                    "-cp",
                    classes + ":lib/*",
                    "app.Application",
                    "--spring.config.location=file:application.yaml",
                    "--server.address=127.0.0.1");
        }
    },
    QUARKUS("/callback", "/log-out") {
        @Override
        void install(Path home) throws IOException, InterruptedException {
            QuarkusBuild.run(home);
        }

        @Override
        List<String> command(Path home, int port) {
            return List.of(
                    "java",
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.config.locations=application.properties",
                    "-jar",
                    "target/quarkus-app/quarkus-run.jar");
        }
    },
    OPENID_CLIENT("/callback", "/log-out") {
        @Override
        void install(Path home) throws IOException, InterruptedException {
            Program.run(home, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund");
        }

        @Override
        List<String> command(Path home, int port) {
            return List.of("node", "server.mjs");
        }
    },
    AUTH_JS("/auth/callback/cis2", "/log-out") {
        @Override
        void install(Path home) throws IOException, InterruptedException {
            OPENID_CLIENT.install(home);
        }

        @Override
        List<String> command(Path home, int port) {
            return List.of("node", "server.mjs");
        }
    },
    AUTHLIB("/callback", "/log-out") {
        @Override
        void install(Path home) throws IOException, InterruptedException {
            Program.run(home, "/usr/bin/python3", "-c", "import authlib.integrations.flask_client");
        }

        @Override
        List<String> command(Path home, int port) {
            return List.of("/usr/bin/python3", "-m", "flask", "run", "--port", Integer.toString(port));
        }
    },
    MOD_AUTH_OPENIDC("/callback", "/callback?logout=backchannel") {
        @Override
        void install(Path home) throws IOException, InterruptedException {
            Program.run(home, "test", "-e", "/usr/lib/apache2/modules/mod_auth_openidc.so");
        }

        @Override
        List<String> command(Path home, int port) {
            return List.of("apache2", "-X", "-d", home.toString(), "-f", "httpd.conf");
        }
    },
    OMNIAUTH("/auth/cis2/callback", "/log-out") {
        @Override
        void install(Path home) throws IOException, InterruptedException {
            Program.run(home, "/usr/bin/ruby", "-e", "require 'omniauth_openid_connect'");
        }

        @Override
        List<String> command(Path home, int port) {
            return List.of(
                    "/usr/bin/ruby",
                    "/usr/bin/rackup",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(port),
                    "config.ru");
        }
    };

    private static final Path HOSTS = Path.of("src", "test", "connections").toAbsolutePath();
    private static final Path MADE = Path.of("target", "connections").toAbsolutePath();

    private final String redirect;
    private final String logout;

    Maker(String redirect, String logout) {
        this.redirect = redirect;
        this.logout = logout;
    }

    abstract void install(Path home) throws IOException, InterruptedException;

    abstract List<String> command(Path home, int port) throws IOException, InterruptedException;

    /** @throws IllegalStateException where it does not start */
    Program start(int port, Map<String, String> environment) throws IOException, InterruptedException {
        return Program.serve(home(), port, environment, command(home(), port));
    }

    /** What is registered where the mock does wrong: signed UserInfo, where it is read at all. */
    String userInfoOfFaults() {
        return this == QUARKUS ? "plain" : "RS256";
    }

    /** Reads the files and runs nothing; {@code null} where only a start does so. */
    String[] check() {
        return switch (this) {
            case OPENID_CLIENT, AUTH_JS -> new String[] {"node", "--check", "server.mjs"};
            case AUTHLIB -> new String[] {"/usr/bin/python3", "-m", "py_compile", "app.py"};
            case OMNIAUTH -> new String[] {"/usr/bin/ruby", "-c", "config.ru"};
            case MOD_AUTH_OPENIDC ->
                new String[] {
                    "env",
                    "PORT=1",
                    "CLIENT_SECRET=s",
                    "CLIENT_KEY_ID=k",
                    "CLIENT_KEY_FILE=private-key.pem",
                    "CLIENT_PUBLIC_KEY_FILE=public-key.pem",
                    "SESSION_KEY=s",
                    "apache2",
                    "-t",
                    "-d",
                    home().toString(),
                    "-f",
                    "httpd.conf"
                };
            default -> null;
        };
    }

    /** What its kit says beside that it works. */
    List<String> promised() {
        return this == QUARKUS ? List.of("without UserInfo") : List.of();
    }

    String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    String redirectUri(int port) {
        return "http://localhost:" + port + redirect;
    }

    String logoutUri(int port) {
        return "http://localhost:" + port + logout;
    }

    Path home() {
        return MADE.resolve(code());
    }

    /** Puts beside what the machine needs, the files of a kit, and nothing of another one. */
    void write(Map<String, String> files) throws IOException {
        Files.createDirectories(home());
        var host = HOSTS.resolve(code());
        for (var old : List.of(".java", ".mjs", ".py", ".ru", ".conf", ".yaml", ".properties", ".pid")) {
            for (var file : files(home(), old)) {
                Files.delete(Path.of(file));
            }
        }
        if (Files.isDirectory(host)) {
            try (var all = Files.walk(host)) {
                for (var one : all.filter(Files::isRegularFile).toList()) {
                    var to = home().resolve(host.relativize(one).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(one, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        for (var file : files.entrySet()) {
            Files.writeString(home().resolve(file.getKey()), file.getValue());
        }
    }

    private static List<String> files(Path home, String ending) throws IOException {
        try (var all = Files.list(home)) {
            return all.map(Path::toString).filter(name -> name.endsWith(ending)).collect(Collectors.toList());
        }
    }
}
