package dev.connectionmanager.registration.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.application.ApplicationStore;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.outbound.LaboratoryInternet.Hanging;
import dev.connectionmanager.registration.check.AskedCheck.Details;
import dev.connectionmanager.registration.check.AskedCheck.Subject;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.ConfiguredPortalTest;
import dev.connectionmanager.testing.ManualClock;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.Sql;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Live checks of slow endpoints: whoever asks is told how far they are, by every node. */
@ConfiguredPortalTest
class AskedChecksTest {
    private static final Api OWNER = Api.as("owner");

    @Inject
    Stores.AskedCheckStore store;

    @Inject
    @All
    List<CheckSubject> subjects;

    @Inject
    ApplicationStore applications;

    @Inject
    Teams teams;

    @Inject
    Sql sql;

    private final ManualClock clock = new ManualClock(Instant.now());
    private String application;
    private String request;

    @BeforeEach
    void askForProductionWithASlowEndpoint() {
        application = Api.newApplication("Slow").replace("/api/v1", "");
        var metadata = new HashMap<>(Api.metadata());
        metadata.put(
                "backchannel_logout_uri", LaboratoryInternet.hang("slow" + UUID.randomUUID(), Hanging.values()[0]));
        request = OWNER.put("/api/v1" + application + "/registrations/production", metadata, "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location")
                .replace("/api/v1", "");
    }

    @AfterEach
    void letAllGo() throws InterruptedException {
        LaboratoryInternet.letGo();
        Patience.until(
                "nothing runs", () -> sql.number("select count(*) from asked_check where ended_at is null") == 0);
    }

    private static String location(HttpClient person, String path) {
        return Persons.post(person, path).headers().firstValue("Location").orElseThrow();
    }

    private String ask() {
        var page = location(Persons.withoutRedirects("owner"), request + "/checks");
        assertThat(page).startsWith(application + "/live-checks/");
        return page;
    }

    @Test
    void saysHowFarTheyAreAndLeadsToTheResult() throws Exception {
        var owner = Persons.withoutRedirects("owner");
        var page = ask();
        assertThat(Persons.get(owner, page).body())
                .contains("The live check is under way", "Back-channel logout", "Waiting for it", "See the result")
                .doesNotContain("http-equiv");
        assertThat(location(owner, request + "/checks"))
                .as("asked again while it runs")
                .isEqualTo(page);
        assertThat(Persons.get(Persons.withoutRedirects("viewer"), page).statusCode())
                .isEqualTo(200);
        assertThat(Persons.get(Persons.withoutRedirects("other-owner"), page).statusCode())
                .isEqualTo(404);
        LaboratoryInternet.letGo();
        Patience.until("it has ended", () -> Persons.get(owner, page).statusCode() == 303);
        var result = Persons.get(owner, page).headers().firstValue("Location").orElseThrow();
        assertThat(result).startsWith(request + "?done=").endsWith("#checks");
        assertThat(Persons.get(owner, result.replaceAll("#.*", "")).body())
                .contains("Checked just now. Back-channel logout");
    }

    @Test
    void tellsEachStepWithoutLoadingThePageAgain() {
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(request).fill("Comment", "We go live soon.").press("Check now");
            browser.sees("The live check is under way").look("live check under way");
            assertThat(browser.page.locator("#check-progress").getAttribute("aria-live"))
                    .isEqualTo("polite");
            browser.page.waitForCondition(
                    () -> browser.page.locator("#check-progress").innerText().contains("Waiting for it"));
            LaboratoryInternet.letGo();
            browser.page.waitForURL(address -> address.contains(request + "?"));
            browser.sees("Request for Production");
            assertThat(browser.text()).contains("Checked just now. Back-channel logout: there is a problem");
            assertThat(browser.page.getByLabel("Comment").inputValue()).isEqualTo("We go live soon.");
        }
    }

    @Test
    void whoseSessionEndsMeanwhileIsAskedToLogIn() {
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(request).press("Check now");
            browser.page.waitForURL(address -> address.contains("/live-checks/"));
            browser.forgetSession();
            browser.page.waitForURL(address -> !address.contains("/live-checks/"));
            assertThat(browser.page.title()).contains("Log in");
        }
    }

    @Test
    void isReadByItsLinkWithoutScripts() throws Exception {
        try (var browser = Browser.withoutScripts().logIn("operator")) {
            browser.go("/review" + request).press("Check now");
            assertThat(browser.heading()).isEqualTo("The live check is under way");
            browser.press("See the result");
            assertThat(browser.heading()).isEqualTo("The live check is under way");
            LaboratoryInternet.letGo();
            Patience.until(
                    "it has ended", () -> sql.number("select count(*) from asked_check where ended_at is null") == 0);
            browser.press("See the result");
            assertThat(browser.text()).contains("The endpoints were checked.");
        }
    }

    /** A node that has taken one and died: this one's rows say so, and another node looks at them. */
    @Test
    void anotherNodeDoesWhatOneHasLeftUndone() throws Exception {
        LaboratoryInternet.letGo();
        var id = leftBehind(1);
        var other = new AskedCheckRuns(store, subjects, applications, teams, clock);
        other.takePart();
        Thread.sleep(200);
        assertThat(state(id)).as("while the lease lasts").isEqualTo("under way");
        clock.pass(Duration.ofSeconds(91));
        other.takePart();
        Patience.until("it has ended", () -> !state(id).equals("under way"));
        assertThat(state(id)).isEqualTo("there is a result");
        assertThat(OWNER.get("/api/v1" + request + "/checks").<List<Map<String, Object>>>path("items"))
                .isNotEmpty();
    }

    @Test
    void isNotTriedForEver() throws Exception {
        var id = leftBehind(3);
        clock.pass(Duration.ofSeconds(91));
        new AskedCheckRuns(store, subjects, applications, teams, clock).takePart();
        Patience.until("it has ended", () -> !state(id).equals("under way"));
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application + "/live-checks/" + id).look("live check without a result");
            assertThat(browser.text()).contains("ended without a result", "Ask for it again");
            browser.follow("Go back to where you asked for it").sees("Request for Production");
            assertThat(browser.text()).doesNotContain("Checked just now");
        }
    }

    @Test
    void isForgottenAfterADay() throws Exception {
        var id = leftBehind(1);
        clock.pass(Duration.ofDays(1).plusSeconds(1));
        QuarkusTransaction.requiringNew().run(() -> store.forgetOld(clock.instant()));
        var answer = Persons.get(Persons.withoutRedirects("owner"), application + "/live-checks/" + id);
        assertThat(answer.headers().firstValue("Location")).contains(application);
    }

    private UUID leftBehind(int tries) {
        var subject = UUID.fromString(request.substring(request.lastIndexOf('/') + 1));
        var olivia = sql.text(
                "select subject from member where name = 'Olivia Owner' and team_id = '" + Api.FIRST_TEAM + "'");
        var owner = Actor.person(olivia, "", "Olivia Owner", false, Map.of());
        return QuarkusTransaction.requiringNew().call(() -> {
            var asked = new AskedCheck(
                    owner,
                    new Details(
                            Subject.REQUEST,
                            subject,
                            UUID.fromString(application.substring(application.lastIndexOf('/') + 1)),
                            "production",
                            request + "?done=checked#checks"),
                    clock.instant());
            for (int i = 0; i < tries; i++) {
                asked.lease(UUID.randomUUID(), clock.instant().plusSeconds(90));
            }
            store.persist(asked);
            return asked.id();
        });
    }

    private String state(UUID id) {
        var asked = QuarkusTransaction.requiringNew().call(() -> store.findById(id));
        if (!asked.ended()) {
            return "under way";
        }
        return asked.refusal().map(refusal -> refusal.reason().code()).orElse("there is a result");
    }
}
