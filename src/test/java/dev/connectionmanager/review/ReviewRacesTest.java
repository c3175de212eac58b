package dev.connectionmanager.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.ClientLifecycle;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.Secrets;
import dev.connectionmanager.review.rules.Answers;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fifty at the same moment: whatever else they are told, one wins. */
@PortalTest
class ReviewRacesTest {
    private static final int TIMES = 50;
    private static final String PRODUCTION = "production";
    private static final Actor OWNER = Actor.person(
            "local-owner",
            "owner@local.example",
            "Olivia Owner",
            false,
            Map.of(UUID.fromString(Api.FIRST_TEAM), Role.OWNER));

    @Inject
    Requests requests;

    @Inject
    Submissions submissions;

    @Inject
    Reviews reviews;

    @Inject
    Secrets secrets;

    @Inject
    Applications applications;

    @Inject
    Registrations registrations;

    @Inject
    ClientLifecycle life;

    private String path;
    private UUID application;

    @BeforeEach
    void makeAnApplication() {
        path = Api.newApplication("Race");
        application = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }

    private RequestReview submitted() throws Exception {
        return AtOnce.all(
                        () -> {
                            var draft = open();
                            requests.edit(
                                    OWNER,
                                    draft.request().id(),
                                    asked -> Parsed.typed(asked.with(new Answers(null, "CONF-1", "CA-1", null))),
                                    null);
                            return submissions.submit(OWNER, draft.request().id(), null);
                        },
                        1)
                .get(0);
    }

    private RequestReview open() {
        var candidate = Candidate.EMPTY
                .withRedirectUris(List.of("https://app.supplier.co.uk/callback"))
                .withAuthentication("client_secret_basic", null, null);
        return requests.open(OWNER, application, PRODUCTION, Parsed.typed(candidate), Precondition.absent());
    }

    private static Actor operator(int i) {
        return Actor.person("operator-" + i, "", "Operator " + i, true, Map.of());
    }

    private Callable<String> decide(int i, RequestReview file, String outcome) {
        return told(() -> reviews.decide(
                operator(i),
                file.request().id(),
                Parsed.typed(new Reviews.Decision(outcome, "Because.", List.of())),
                Precondition.matching(file.tag())));
    }

    /** What it was told: {@code done}, or the kind of the refusal. */
    private static Callable<String> told(Callable<?> act) {
        return () -> {
            try {
                act.call();
                return "done";
            } catch (Refusal refusal) {
                return refusal.getClass().getSimpleName();
            }
        };
    }

    private RequestState state(RequestReview file) {
        return RequestState.ofCode(Api.as("owner")
                        .get("/api/v1/requests/" + file.request().id())
                        .path("state"))
                .orElseThrow();
    }

    private int live() {
        return Api.as("owner").get(path + "/registrations/production").statusCode();
    }

    @Test
    void oneOpens() throws Exception {
        var told = AtOnce.all(told(this::open), TIMES);
        assertThat(Collections.frequency(told, "done")).isEqualTo(1);
        assertThat(Collections.frequency(told, "Conflict")).isEqualTo(TIMES - 1);
    }

    @Test
    void oneDecides() throws Exception {
        var file = submitted();
        var outcomes = List.of("approve", "reject", "request-changes");
        var told = AtOnce.each(i -> decide(i, file, outcomes.get(i % 3)), TIMES);
        assertThat(Collections.frequency(told, "done")).isEqualTo(1);
        assertThat(Collections.frequency(told, "Stale")).isEqualTo(TIMES - 1);
        assertThat(live()).isEqualTo(state(file) == RequestState.APPROVED ? 200 : 404);
    }

    @Test
    void oneApprovesAndOneClientIdIsIssued() throws Exception {
        var file = submitted();
        var told = AtOnce.each(i -> decide(i, file, "approve"), TIMES);
        assertThat(Collections.frequency(told, "done")).isEqualTo(1);
        assertThat(state(file)).isEqualTo(RequestState.APPROVED);
        Api.as("owner")
                .get(path + "/registrations/production/revisions")
                .then()
                .body("items.size()", org.hamcrest.Matchers.equalTo(1));
    }

    @Test
    void decidesOrLetsEdit() throws Exception {
        var file = submitted();
        // Sent back by one operator, edited by the team, while others still decide about what they read before.
        var told = AtOnce.each(
                i -> i % 2 == 0
                        ? decide(i, file, i % 4 == 0 ? "request-changes" : "approve")
                        : told(() -> requests.edit(
                                OWNER,
                                file.request().id(),
                                asked -> Parsed.typed(asked.with(
                                        asked.candidate().withRedirectUris(List.of("https://evil.example.com/" + i)))),
                                null)),
                TIMES);
        var decided = (int) java.util.stream.IntStream.range(0, TIMES)
                .filter(i -> i % 2 == 0 && told.get(i).equals("done"))
                .count();
        assertThat(decided).isEqualTo(1);
        if (state(file) == RequestState.APPROVED) {
            assertThat(Collections.frequency(told, "done")).isEqualTo(1);
            Api.as("owner")
                    .get(path + "/registrations/production")
                    .then()
                    .body("redirect_uris", org.hamcrest.Matchers.contains("https://app.supplier.co.uk/callback"));
        } else {
            assertThat(live()).isEqualTo(404);
        }
    }

    @Test
    void decidesOrWithdraws() throws Exception {
        var file = submitted();
        var told = AtOnce.each(
                i -> i % 2 == 0
                        ? decide(i, file, "approve")
                        : told(() -> requests.withdraw(OWNER, file.request().id(), null)),
                TIMES);
        assertThat(Collections.frequency(told, "done")).isEqualTo(1);
        assertThat(state(file)).isIn(RequestState.APPROVED, RequestState.WITHDRAWN);
        assertThat(live()).isEqualTo(state(file) == RequestState.APPROVED ? 200 : 404);
    }

    @Test
    void decidesAboutTheNameThatWasRead() throws Exception {
        var file = submitted();
        var name = file.candidate().clientName();
        var told = AtOnce.each(
                i -> i % 2 == 0 ? decide(i, file, "approve") : told(() -> change("Renamed " + i, "supplier")), TIMES);
        if (state(file) == RequestState.APPROVED) {
            assertThat(Api.as("owner").get(path + "/registrations/production").<String>path("client_name"))
                    .isEqualTo(name);
        } else {
            assertThat(live()).isEqualTo(404);
            assertThat(told.get(0)).isEqualTo("Stale");
        }
    }

    @Test
    void keepsTheCategoryThatWasRead() throws Exception {
        var file = submitted();
        var told =
                AtOnce.each(i -> i % 2 == 0 ? decide(i, file, "approve") : told(() -> change("Race", "local")), TIMES);
        assertThat(Collections.frequency(told, "done")).isEqualTo(1);
        assertThat(Api.as("owner").get(path + "/registrations/production").<String>path("client_id"))
                .endsWith(".apps.supplier");
    }

    private Application change(String name, String category) {
        return applications.change(
                OWNER,
                application,
                before -> Parsed.typed(new ApplicationCandidate(name, null, category, "web", List.of(), null)),
                Precondition.matching(applications.find(OWNER, application).tag()));
    }

    @Test
    void approvesAndSuspendsWithoutLettingTheClientIn() throws Exception {
        var first = submitted();
        assertThat(AtOnce.all(decide(0, first, "approve"), 1)).containsExactly("done");
        var change = changeOfWhatIsLive();
        var told = AtOnce.each(
                i -> i % 2 == 0
                        ? decide(i, change, "approve")
                        : told(() -> life.suspend(operator(i), application, PRODUCTION, Parsed.typed("Leaked."), null)),
                TIMES);
        // One approves; whoever suspends, whenever it is, may.
        assertThat(Collections.frequency(told, "Stale")).isEqualTo(TIMES / 2 - 1);
        assertThat(Collections.frequency(told, "done")).isEqualTo(TIMES / 2 + 1);
        assertThat(state(change)).isEqualTo(RequestState.APPROVED);
        Api.as("owner")
                .get(path + "/registrations/production")
                .then()
                .body("state", org.hamcrest.Matchers.equalTo("suspended"))
                .body("redirect_uris", org.hamcrest.Matchers.contains("https://app.supplier.co.uk/other"));
        // Its addresses are those of other tests.
        Api.as("operator").delete(path + "/registrations/production/suspension", "");
    }

    @Test
    void approvesNoChangeOfWhatWasDeletedMeanwhile() throws Exception {
        var first = submitted();
        assertThat(AtOnce.all(decide(0, first, "approve"), 1)).containsExactly("done");
        var change = changeOfWhatIsLive();
        var tag = Api.as("owner").get(path + "/registrations/production").header("ETag");
        var told = AtOnce.each(
                i -> i % 2 == 0
                        ? decide(i, change, "approve")
                        : told(() -> {
                            registrations.delete(OWNER, application, PRODUCTION, Precondition.matching(tag));
                            return null;
                        }),
                TIMES);
        // Whichever was first has moved the other's tag.
        assertThat(Collections.frequency(told, "done")).isEqualTo(1);
        assertThat(state(change)).isEqualTo(live() == 200 ? RequestState.APPROVED : RequestState.SUBMITTED);
    }

    /** @return a change that only awaits its decision */
    private RequestReview changeOfWhatIsLive() throws Exception {
        var tag = Api.as("owner").get(path + "/registrations/production").header("ETag");
        return AtOnce.all(
                        () -> {
                            var candidate = Candidate.EMPTY
                                    .withRedirectUris(List.of("https://app.supplier.co.uk/other"))
                                    .withAuthentication("client_secret_basic", null, null);
                            var draft = requests.open(
                                    OWNER,
                                    application,
                                    PRODUCTION,
                                    Parsed.typed(candidate),
                                    Precondition.matching(tag));
                            return submissions.submit(OWNER, draft.request().id(), null);
                        },
                        1)
                .get(0);
    }

    @Test
    void submitsTheAnswersThatWereRead() throws Exception {
        var draft = answered();
        var told = AtOnce.each(
                i -> i % 2 == 0
                        ? told(() ->
                                submissions.submit(OWNER, draft.request().id(), Precondition.matching(draft.tag())))
                        : told(() -> requests.edit(
                                OWNER,
                                draft.request().id(),
                                asked -> Parsed.typed(asked.with(new Answers("Note " + i, "CONF-1", "CA-1", null))),
                                null)),
                TIMES);
        var submitted = (int) java.util.stream.IntStream.range(0, TIMES)
                .filter(i -> i % 2 == 0 && told.get(i).equals("done"))
                .count();
        var now = Api.as("owner").get("/api/v1/requests/" + draft.request().id());
        assertThat(now.<String>path("state")).isEqualTo(submitted == 1 ? "submitted" : "draft");
        if (submitted == 1) {
            assertThat(now.<String>path("note")).isNull();
            assertThat(Collections.frequency(told, "done")).isEqualTo(1);
        }
    }

    private RequestReview answered() throws Exception {
        return AtOnce.all(
                        () -> {
                            var made = open();
                            return requests.edit(
                                    OWNER,
                                    made.request().id(),
                                    asked -> Parsed.typed(asked.with(new Answers(null, "CONF-1", "CA-1", null))),
                                    null);
                        },
                        1)
                .get(0);
    }

    @Test
    void submitsOnce() throws Exception {
        var draft = answered();
        var told = AtOnce.all(
                told(() -> submissions.submit(OWNER, draft.request().id(), Precondition.matching(draft.tag()))), TIMES);
        assertThat(Collections.frequency(told, "done")).isEqualTo(1);
        List<String> kinds = Api.as("owner")
                .get("/api/v1/requests/" + draft.request().id() + "/comments")
                .path("items.kind");
        assertThat(Collections.frequency(kinds, "submitted")).isEqualTo(1);
    }

    @Test
    void oneCollectsTheSecret() throws Exception {
        var file = submitted();
        assertThat(AtOnce.all(decide(0, file, "approve"), 1)).containsExactly("done");
        var told = AtOnce.all(told(() -> secrets.collect(OWNER, application, PRODUCTION)), TIMES);
        assertThat(Collections.frequency(told, "done")).isEqualTo(1);
        assertThat(Collections.frequency(told, "Conflict")).isEqualTo(TIMES - 1);
        List<String> live =
                Api.as("owner").get(path + "/registrations/production/secrets").path("items.id");
        assertThat(live).hasSize(1);
    }
}
