package dev.connectionmanager.web.layout;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.registration.list.EndpointProblems.Trouble;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One thing that is wrong with an endpoint or soon will be; the tag {@code troubles} shows it.
 *
 * @param what in a few words, for its tag
 */
public record EndpointProblemView(String title, String what, String colour, String hint, String path) {

    public static List<EndpointProblemView> of(List<Trouble> troubles, List<Environment> environments) {
        return troubles.stream()
                .flatMap(trouble -> environments.stream()
                        .filter(e -> e.id().equals(trouble.environment()))
                        .flatMap(e -> of(trouble, e.name())))
                .toList();
    }

    private static Stream<EndpointProblemView> of(Trouble trouble, String environment) {
        var title = environment + ": " + Labels.endpointName(trouble.field()).toLowerCase(Locale.ROOT);
        var path = "/applications/" + trouble.applicationId() + "/registrations/" + trouble.environment() + "/checks";
        var health = trouble.health();
        var problem = Stream.of(health)
                .filter(h -> h.failing())
                .map(h -> new EndpointProblemView(
                        title,
                        "Endpoint problem",
                        "red",
                        (h.broken() ? "It fails its checks since " : "It failed its last check, on ")
                                + Labels.said(h.failingSince())
                                + (h.broken() ? "." : ". We look again within minutes.")
                                + " See what we saw and how to put it right.",
                        path));
        var certificate = Stream.of(health)
                .filter(h -> trouble.endsSoon())
                .map(h -> new EndpointProblemView(
                        title,
                        "Certificate ends soon",
                        "yellow",
                        "Certificate expires on " + Labels.saidDay(h.certificateEnds())
                                + ". Renew it before then: afterwards nobody can connect to it.",
                        path));
        return Stream.concat(problem, certificate);
    }
}
