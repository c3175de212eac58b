package dev.connectionmanager.connections;

import dev.connectionmanager.mock.fault.Fault;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was seen in a run, as {@code docs/connections.md} has it. */
final class Seen {
    private static final String GOOD = "yes";
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
            `libapache2-mod-auth-openidc`, `python3-authlib`, `python3-flask`, `ruby-omniauth-openid-connect`, `ruby-rack`, `ruby-webrick`.
            `-Dconnections=quarkus,authlib` tries those alone, and writes nothing. The portal of the run is that of the tests, whose
            live checks find the key sets of a laboratory over TLS; what a framework needed beside its kit is under `src/test/connections`.

            ## Who was tried

            | Kit | Tried with |
            | --- | --- |
            """;

    private static final String LOG_INS = """

            ## Log-ins

            *yes*: the person was let in, the application knows a role of theirs from UserInfo, took the logout token, and asked for a new
            log-in afterwards. *without UserInfo*: the same, but the application could not read who the person is in UserInfo.

            """;

    private static final String FAULTS = """

            ## What they refuse

            One log-in each, with `client_secret_basic` and UserInfo signed with RS256 (plain for Quarkus, which cannot read it). *refused*:
            nobody was let in, or nobody was logged out. **taken**: the person was let in, or logged out, all the same, which the last
            column calls good or bad. *hangs*: no answer came within 20 seconds. Kits have code where a framework lacks a part of the
            protocol, so a column tells of both together. What an application must know of levels and roles is its own to check: no kit
            does it. A relying party of Nimbus' OAuth 2.0 SDK
            that refuses whatever a good client refuses is part of the suite: `FaultsTest`.

            """;

    /** Name and version, by framework. */
    private final Map<String, String> kits = new LinkedHashMap<>();
    /** By framework, then by method and UserInfo. */
    private final Map<String, Map<String, String>> logIns = new LinkedHashMap<>();

    private final Map<Fault, Map<String, String>> faults = new EnumMap<>(Fault.class);

    void kit(String framework, String name, String version) {
        kits.put(framework, "| " + name + " | " + version + " |");
    }

    void logIn(String framework, String method, String userInfo, String verdict) {
        logIns.computeIfAbsent(framework, none -> new LinkedHashMap<>())
                .put("`" + method + "`, UserInfo " + userInfo, verdict);
    }

    void fault(Fault fault, String framework, String verdict) {
        faults.computeIfAbsent(fault, none -> new LinkedHashMap<>()).put(framework, verdict);
    }

    /** Cells of a framework's column in which something else stands than what its kit promises. */
    List<String> failures(String framework, List<String> promised) {
        return logIns.getOrDefault(framework, Map.of()).entrySet().stream()
                .filter(one -> !one.getValue().equals(GOOD) && !promised.contains(one.getValue()))
                .map(one -> one.getKey() + ": " + one.getValue())
                .toList();
    }

    /** @param frameworks the columns: every kit, tried or not */
    String text(List<String> frameworks) {
        var lines = new ArrayList<String>();
        frameworks.forEach(framework -> lines.add(kits.getOrDefault(framework, "| " + framework + " | not run |")));
        lines.add(LOG_INS + row("Registered", frameworks));
        lines.add(line(frameworks.size()));
        logIns.values().stream().findFirst().ifPresent(first -> first.keySet()
                .forEach(combination ->
                        lines.add(row(combination, cells(frameworks, one -> logIns.getOrDefault(one, Map.of())
                                .get(combination))))));
        lines.add(FAULTS + row("The mock's fault", frameworks).replaceFirst("\\|$", "| A good client |"));
        lines.add(line(frameworks.size() + 1));
        faults.forEach((fault, by) ->
                lines.add(row("`" + fault.code() + "`", cells(frameworks, by::get)) + " " + fault.goodClient() + " |"));
        return BEGINNING.formatted(LocalDate.now()) + String.join("\n", lines) + "\n";
    }

    private static List<String> cells(List<String> frameworks, java.util.function.Function<String, String> seen) {
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
