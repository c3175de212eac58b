package dev.connectionmanager.connections;

import dev.connectionmanager.kit.Kits;
import dev.connectionmanager.mock.fault.Fault;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was seen in a run, as {@code docs/connections.md} has it. */
final class Seen {
    private static final String NOT_RUN = "not run";

    private static final String BEGINNING = """
            # Connections that were tried

            The portal shows for each registration how eight frameworks log people in with it. Whether that works is tried, not believed: each
            framework that can be installed is started from the very text that `GET …/kit?provider=mock` gives, logs a person in at the mock
            authorisation service, and is told by a logout token that the session has ended. Then the mock does wrong on purpose, and what a
            framework takes all the same is written down here.

            Run on %s by

                mvn -B verify -Pconnections

            which writes this page anew. It needs Node.js with npm, Maven, a network, and these packages of Debian: `apache2`,
            `libapache2-mod-auth-openidc`, `python3-authlib`, `python3-flask`, `python3-requests`, `ruby-omniauth-openid-connect`, `ruby-rack`,
            `ruby-webrick`; a framework that cannot be installed is *not run*.
            `-Dconnections=quarkus,authlib` tries those alone, and writes nothing. The portal of the run is that of the tests, whose
            live checks find the key sets of a laboratory over TLS; what a framework needed beside its kit is under `src/test/connections`.
            Two of them are tried with every change too: Quarkus by `QuarkusKitTest`, a relying party of Nimbus by `FaultsTest`.

            ## Who was tried

            | Kit | Tried with |
            | --- | --- |
            """;

    private static final String LOG_INS = """

            ## Log-ins

            *yes*: the person was let in, the application knows a role of theirs from UserInfo, took the logout token, and asked for a new
            log-in afterwards. *without UserInfo*: the same, but the application could not read who the person is in UserInfo.

            """;

    private static final String NEWCOMERS = """

            ## How long it takes

            From the page “Application registered” to a person who is logged in, in a browser and by nothing but what the pages show: the secret
            is copied, the redirect URI on one's own computer named, the kit's files copied into an empty directory, the framework installed,
            the application started. A program pressed the buttons, and npm and Maven had fetched what they install before: what is measured is the
            work of the machine, not that of reading. The seconds count from that page.

            | Kit | Files copied | Framework installed | Logged in |
            | --- | --- | --- | --- |
            """;

    private static final String FAULTS = """

            ## What they refuse

            One log-in each, with `client_secret_basic` and UserInfo signed with RS256 (plain for Quarkus, which cannot read it). *refused*:
            nobody was let in, or nobody was logged out. **taken**: the person was let in, or logged out, all the same, which the last
            column calls good or bad. *let in without UserInfo*: the person was let in, and nothing of UserInfo was believed. *answered 200, not
            done*: the logout token was not refused, and nobody was logged out. *hangs*: no answer came within 20 seconds. Discovery and key sets
            are wrong when the application starts, or, where a good client goes on, from its second log-in on; *does not start*: it found
            that out at once. Kits have code where a framework lacks a part of the
            protocol, so a column tells of both together. What an application must know of levels and roles is its own to check: no kit
            does it. A relying party of Nimbus' OAuth 2.0 SDK
            that refuses whatever a good client refuses is part of the suite: `FaultsTest`.

            """;

    /** The cells of a row, by framework. */
    private final Map<String, String> kits = new LinkedHashMap<>();
    /** By framework, then by method and UserInfo. */
    private final Map<String, Map<String, String>> logIns = new LinkedHashMap<>();

    private final List<String> newcomers = new ArrayList<>();
    private final Map<Fault, Map<String, String>> faults = new EnumMap<>(Fault.class);

    void kit(String framework, String name, String version) {
        kits.put(framework, "| " + name + " | " + version + " |");
    }

    void notInstalled(String framework) {
        kits.put(framework, "| " + Kits.nameOf(framework) + " | " + NOT_RUN + ": it could not be installed there |");
    }

    void logIn(String framework, String method, String userInfo, String verdict) {
        logIns.computeIfAbsent(framework, none -> new LinkedHashMap<>())
                .put("`" + method + "`, UserInfo " + userInfo, verdict);
    }

    void newcomer(String framework, Newcomer.Times times) {
        newcomers.add("| "
                + Stream.of(times.written(), times.installed(), times.loggedIn())
                        .map(time -> String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0))
                        .collect(Collectors.joining(" | ", Kits.nameOf(framework) + " | ", ""))
                + " |");
    }

    void faults(String framework, Map<Fault, String> verdicts) {
        verdicts.forEach((fault, verdict) ->
                faults.computeIfAbsent(fault, none -> new LinkedHashMap<>()).put(framework, verdict));
    }

    /** Cells of a framework's column in which something else stands than what its kit promises. */
    List<String> failures(String framework, List<String> promised) {
        return logIns.getOrDefault(framework, Map.of()).entrySet().stream()
                .filter(one -> !one.getValue().equals(LogInTrial.GOOD) && !promised.contains(one.getValue()))
                .map(one -> one.getKey() + ": " + one.getValue())
                .toList();
    }

    /** @param frameworks the columns: every kit, tried or not */
    String text(List<String> frameworks) {
        var lines = new ArrayList<String>();
        frameworks.forEach(framework ->
                lines.add(kits.getOrDefault(framework, "| " + Kits.nameOf(framework) + " | " + NOT_RUN + " |")));
        lines.add(LOG_INS + row("Registered", frameworks));
        lines.add(line(frameworks.size()));
        logIns.values().stream().findFirst().ifPresent(first -> first.keySet()
                .forEach(combination ->
                        lines.add(row(combination, cells(frameworks, one -> logIns.getOrDefault(one, Map.of())
                                .get(combination))))));
        lines.add(NEWCOMERS + String.join("\n", newcomers));
        lines.add(FAULTS + row("The mock's fault", frameworks).replaceFirst("\\|$", "| A good client |"));
        lines.add(line(frameworks.size() + 1));
        faults.forEach((fault, by) ->
                lines.add(row("`" + fault.code() + "`", cells(frameworks, by::get)) + " " + fault.goodClient() + " |"));
        return BEGINNING.formatted(LocalDate.now()) + String.join("\n", lines) + "\n";
    }

    private static List<String> cells(List<String> frameworks, Function<String, String> seen) {
        return frameworks.stream()
                .map(framework -> {
                    var verdict = seen.apply(framework);
                    return verdict == null ? NOT_RUN : verdict.equals("taken") ? "**taken**" : verdict;
                })
                .toList();
    }

    private static String row(String first, List<String> cells) {
        return "| " + first + " | " + String.join(" | ", cells) + " |";
    }

    private static String line(int columns) {
        return "| --- |" + " --- |".repeat(columns);
    }
}
