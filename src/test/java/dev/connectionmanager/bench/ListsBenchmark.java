package dev.connectionmanager.bench;

import dev.connectionmanager.testing.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Whether lists stay flat: every GET of the API and of the pages, the lists with their filters and a page deep inside
 * too, is asked of two packaged portals in turn, one with 1,000 registrations and one with 1,000,000 of 20,000 teams. Of
 * five runs the medians count: the median answer at 1,000,000 may take 1.2 times as long as at 1,000, the 99th of 100
 * twice as long.
 *
 * <pre>mvn -B verify -Pbench -Dbench=Lists [-Dbench.arguments="registrations [requests in a run [directory [routes]]]"]</pre>
 *
 * The directory keeps the filled databases for another run; routes are a regular expression. It ends by itself.
 */
public final class ListsBenchmark {
    private static final int FEW = 1_000;
    private static final int RUNS = 5;
    private static final int WARM_UP = 15;
    private static final double MOST_P50 = 1.2;
    private static final double MOST_P99 = 2;
    /** Members of the team that has very many applications, and somebody who reads everything. */
    private static final List<String> USERS = List.of("viewer", "owner", "operator", "newcomer");

    private final ListsPortal small;
    private final ListsPortal large;
    private final int requests;
    private final List<String> missed = new ArrayList<>();

    private ListsBenchmark(ListsPortal small, ListsPortal large, int requests) {
        this.small = small;
        this.large = large;
        this.requests = requests;
    }

    public static void main(String... arguments) throws Exception {
        int many = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int requests = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        var kept = arguments.length > 2;
        var directory = kept ? Path.of(arguments[2]).toAbsolutePath() : Files.createTempDirectory("lists");
        var routes = Pattern.compile(arguments.length > 3 ? arguments[3] : ".*");
        long started = System.nanoTime();
        try (var small = ListsPortal.start(directory.resolve("small"), FEW);
                var large = ListsPortal.start(directory.resolve("large-" + many), many)) {
            say("%,d and %,d registrations; made in %.0f s", FEW, many, (System.nanoTime() - started) / 1e9);
            new ListsBenchmark(small, large, requests).run(routes, many);
        } finally {
            if (!kept) {
                delete(directory);
            }
        }
        say("%.0f s in all", (System.nanoTime() - started) / 1e9);
        System.exit(0);
    }

    private record Question(String user, String ofSmall, String ofLarge) {}

    private void run(Pattern routes, int many) throws Exception {
        var questions = questions(routes);
        for (int i = 0; i < WARM_UP; i++) {
            for (var question : questions.values()) {
                taken(small, question.user(), question.ofSmall());
                taken(large, question.user(), question.ofLarge());
            }
        }
        var before = rowsScanned(large);
        say(
                "%8s %8s %6s %8s %8s %6s  milliseconds at %,d, at %,d, ratio: p50, then p99",
                "", "", "", "", "", "", FEW, many);
        for (var question : questions.entrySet()) {
            measure(question.getKey(), question.getValue());
        }
        say("%d of %d rows miss p50 <= %.1f or p99 <= %.1f:", missed.size(), questions.size(), MOST_P50, MOST_P99);
        missed.forEach(row -> say("  %s", row));
        rowsScanned(large).forEach((table, rows) -> {
            long more = rows - before.getOrDefault(table, 0L);
            if (more > many) {
                say("read row by row without an index: %s, %,d rows", table, more);
            }
        });
    }

    /** Each route for whoever gets an answer: a viewer, an owner only where a viewer does not, and an operator. */
    private Map<String, Question> questions(Pattern routes) throws Exception {
        Map<String, String> ofSmall;
        Map<String, String> ofLarge;
        try (var database = small.database()) {
            ofSmall = ListsRoutes.samples(database, Api.FIRST_TEAM);
        }
        try (var database = large.database()) {
            ofLarge = ListsRoutes.samples(database, Api.FIRST_TEAM);
        }
        var questions = new LinkedHashMap<String, Question>();
        for (var row : ListsRoutes.all()) {
            if (!routes.matcher(row.route()).find()) {
                continue;
            }
            var answered = new ArrayList<String>();
            var statuses = new TreeMap<String, Integer>();
            if (row.of(ofLarge).contains("{missing ")) {
                say("not measured: %s, of which there is no sample", row.route());
                continue;
            }
            for (var user : USERS) {
                var path = small.deep(user, row.of(ofSmall));
                var otherPath = large.deep(user, row.of(ofLarge));
                int status = small.get(user, path).statusCode();
                int other = large.get(user, otherPath).statusCode();
                statuses.put(user, status == 200 ? other : status);
                boolean covered = user.equals("owner") && answered.contains("viewer")
                        || user.equals("newcomer") && !answered.isEmpty();
                if (status == 200 && other == 200 && !covered) {
                    answered.add(user);
                    questions.put(user + " " + row.route(), new Question(user, path, otherPath));
                }
            }
            if (answered.isEmpty()) {
                say("not measured: %s %s", row.route(), statuses);
            }
        }
        return questions;
    }

    private void measure(String name, Question question) throws Exception {
        double[] p50 = new double[2];
        double[] p99 = new double[2];
        double[][][] all = new double[2][RUNS][];
        for (int run = 0; run < RUNS; run++) {
            all[0][run] = new double[requests];
            all[1][run] = new double[requests];
            for (int i = 0; i < requests; i++) {
                // In turn, so that whatever else the machine does favours nobody.
                all[0][run][i] = taken(small, question.user(), question.ofSmall());
                all[1][run][i] = taken(large, question.user(), question.ofLarge());
            }
        }
        for (int side = 0; side < 2; side++) {
            p50[side] = median(all[side], 0.5);
            p99[side] = median(all[side], 0.99);
        }
        var row = String.format(
                Locale.ROOT,
                "%8.2f %8.2f %6.2f %8.2f %8.2f %6.2f  %s",
                p50[0],
                p50[1],
                p50[1] / p50[0],
                p99[0],
                p99[1],
                p99[1] / p99[0],
                name);
        say("%s", row);
        if (p50[1] > MOST_P50 * p50[0] || p99[1] > MOST_P99 * p99[0]) {
            missed.add(row);
        }
    }

    private static double taken(ListsPortal portal, String user, String path) throws Exception {
        long started = System.nanoTime();
        var answer = portal.get(user, path);
        double millis = (System.nanoTime() - started) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.statusCode());
        }
        return millis;
    }

    private static double median(double[][] runs, double share) {
        return Arrays.stream(runs)
                .mapToDouble(run -> {
                    var sorted = run.clone();
                    Arrays.sort(sorted);
                    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
                })
                .sorted()
                .toArray()[runs.length / 2];
    }

    private static Map<String, Long> rowsScanned(ListsPortal portal) throws Exception {
        try (var database = portal.database();
                var statement = database.createStatement();
                var rows = statement.executeQuery("select relname, seq_tup_read from pg_stat_user_tables")) {
            var scanned = new TreeMap<String, Long>();
            while (rows.next()) {
                scanned.put(rows.getString(1), rows.getLong(2));
            }
            return scanned;
        }
    }

    private static void delete(Path directory) throws Exception {
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
