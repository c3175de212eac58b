package dev.connectionmanager.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many registrations a second: the packaged portal with eight teams and with one, Keycloak with an initial access token, and
 * pgbench, which writes the same rows and events in one statement; all of them on the same PostgreSQL with fsync on, in turn, at
 * 1, 8 and 32 clients. Prints medians and ratios of this run. Needs {@code wrk}, one program that asks both over HTTP, and
 * {@code pgbench}.
 *
 * <pre>mvn -B verify -Pbench -Dbench=Registration</pre>
 */
public final class RegistrationBenchmark {
    private static final int[] CLIENTS = {1, 8, 32};
    private static final int MOST_CLIENTS = 32;

    private RegistrationBenchmark() {}

    /** @param args seconds of a round, how many rounds there are, and seconds of warming up of each; 5, 3 and 90 without any */
    public static void main(String... args) throws Exception {
        var seconds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        var rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        var warmingUp = args.length > 2 ? Integer.parseInt(args[2]) : 90;
        var directory = Files.createTempDirectory("registration-benchmark");
        try (var portal = RegisteringPortal.start(directory)) {
            try (var keycloak = RegisteringKeycloak.start(directory, portal.database())) {
                var pgbench = RegisteringPgbench.in(directory, portal);
                tellWhatRuns(portal);
                var sides = new LinkedHashMap<String, Side>();
                sides.put("portal, 8 teams", clients -> portal.register(true, clients, seconds));
                sides.put("portal, 1 team", clients -> portal.register(false, clients, seconds));
                sides.put("Keycloak", clients -> keycloak.register(clients, seconds));
                pgbench.ifPresent(program -> sides.put("pgbench", clients -> program.register(clients, seconds)));
                // Java compiles what runs often only after a while, beside the work: on two cores it takes longer than
                // a minute.
                portal.register(true, 8, warmingUp);
                portal.register(false, 8, 5);
                keycloak.register(8, warmingUp);
                for (var clients : CLIENTS) {
                    tell(clients, measured(sides, clients, rounds));
                }
            }
        } finally {
            remove(directory);
        }
    }

    private static Map<String, List<Rate>> measured(Map<String, Side> sides, int clients, int rounds) throws Exception {
        var rates = new LinkedHashMap<String, List<Rate>>();
        for (int round = 0; round < rounds; round++) {
            for (var side : sides.entrySet()) {
                rates.computeIfAbsent(side.getKey(), name -> new ArrayList<>())
                        .add(side.getValue().register(clients));
            }
        }
        return rates;
    }

    private static void tellWhatRuns(RegisteringPortal portal) throws IOException {
        System.out.printf(
                "%s, %d processors; portal and load generator: JDK %s, %s; Keycloak %s; %s; fsync %s, synchronous_commit %s%n",
                System.getProperty("os.name"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                RegisteringPgbench.version("wrk").orElse("wrk"),
                Path.of(System.getProperty("keycloak.home")).getFileName(),
                portal.database().text("select version()").split(" on ")[0],
                portal.database().text("show fsync"),
                portal.database().text("show synchronous_commit"));
        System.out.println(RegisteringPgbench.version("pgbench").orElse("pgbench is not there: it is left out"));
    }

    private static void tell(int clients, Map<String, List<Rate>> rates) {
        System.out.printf("%n%d client%s%n", clients, clients == 1 ? "" : "s");
        rates.forEach((name, all) -> System.out.printf(
                "  %-16s %,6d a second, p50 %.1f ms, p99 %.1f ms, refused %d  (%s)%n",
                name,
                Math.round(median(all).perSecond()),
                median(all).p50(),
                median(all).p99(),
                all.stream().mapToLong(Rate::refused).sum(),
                String.join(
                        " ",
                        all.stream()
                                .map(rate -> Long.toString(Math.round(rate.perSecond())))
                                .toList())));
        ratio(rates, "portal, 8 teams", "Keycloak");
        ratio(rates, "portal, 8 teams", "pgbench");
        ratio(rates, "portal, 1 team", "portal, 8 teams");
    }

    private static void ratio(Map<String, List<Rate>> rates, String one, String other) {
        if (rates.containsKey(other)) {
            System.out.printf(
                    "  %s : %s = %.2f%n",
                    one,
                    other,
                    median(rates.get(one)).perSecond()
                            / median(rates.get(other)).perSecond());
        }
    }

    private static Rate median(List<Rate> rates) {
        return rates.stream()
                .sorted(Comparator.comparingDouble(Rate::perSecond))
                .toList()
                .get(rates.size() / 2);
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** How long a server may take to start. */
    static final Duration STARTING = Duration.ofMinutes(5);

    /** Whatever registers. */
    @FunctionalInterface
    interface Side {
        Rate register(int clients) throws Exception;
    }

    /** Of one round; times in milliseconds. */
    record Rate(double perSecond, double p50, double p99, long refused) {}
}
