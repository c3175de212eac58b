package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.outbound.LaboratoryInternet.Hanging;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.ConfiguredPortalTest;
import dev.connectionmanager.testing.Described;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Persons;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What endpoints that never come to an end, and people who ask too often, cost the running portal. It has fewer database
 * connections than calls to the outside: a call that held one would show.
 */
@ConfiguredPortalTest
class HangingEndpointsTest {
    private static final int ENDPOINTS = 200;
    private static final int CALLS = 32;
    /** What a team gets that only asks, while another one holds half of the calls. */
    private static final int ASKING = 6;

    private static final String VALIDATIONS = "/api/v1/environments/training/validations?live=true";
    private static final String SOUND = "https://keys.laboratory.co.uk/jwks";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void letTimePassAndAllGo() {
        LaboratoryInternet.time(false);
        LaboratoryInternet.letGo();
    }

    @Test
    void twoHundredOfThemCostABoundedNumberOfWorkersAndNobodyElseAnything() throws Exception {
        var registration = Api.newApplication("Hanging") + "/registrations/training";
        var others = Api.as("other-owner")
                        .post(
                                "/api/v1/teams/" + Api.OTHER_TEAM + "/applications",
                                Map.of("name", "Hanging", "category", "supplier", "application_type", "web"))
                        .header("Location")
                + "/registrations/training";
        var places = Hanging.values();
        var uris = IntStream.range(0, ENDPOINTS)
                .mapToObj(i -> LaboratoryInternet.hang("hanging" + i, places[i % places.length]))
                .toList();
        var person = Persons.browser("owner");
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        uris.subList(0, ENDPOINTS / 2).forEach(uri -> answers.add(send("owner", "PUT", registration, body(uri))));
        Patience.until("half of the calls hang", () -> LaboratoryInternet.hanging() == CALLS / 2);
        var other = send("other-owner", "POST", VALIDATIONS, body(SOUND)).join();
        assertThat(other.body()).as("of another team").contains("\"valid\":true");
        uris.subList(ENDPOINTS / 2, ENDPOINTS)
                .forEach(uri -> answers.add(send("other-owner", "POST", VALIDATIONS, body(uri))));
        Patience.until("a part of the rest hangs", () -> LaboratoryInternet.hanging() == CALLS / 2 + ASKING);
        Patience.until(
                "whoever waited for one of them has given up",
                () -> answers.stream().filter(CompletableFuture::isDone).count() == ENDPOINTS - CALLS / 2 - ASKING);
        assertThat(send("other-owner", "PUT", others, body(SOUND)).join().statusCode())
                .as("a registration goes before what is only asked")
                .isEqualTo(201);

        for (int i = 0; i < 10; i++) {
            assertThat(Persons.get(person, "/teams/" + Api.FIRST_TEAM).statusCode())
                    .isEqualTo(200);
            assertThat(send("owner", "GET", "/api/v1/teams/" + Api.FIRST_TEAM + "/applications", null)
                            .join()
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Persons.get(Persons.newBrowser(), "/environments").statusCode())
                    .isEqualTo(200);
        }
        assertThat(LaboratoryInternet.hanging()).as("still hanging").isEqualTo(CALLS / 2 + ASKING);

        LaboratoryInternet.letGo();
        var all = answers.stream().map(CompletableFuture::join).toList();
        assertThat(all).extracting(HttpResponse::statusCode).containsOnly(200, 422, 429);
        var looked = all.stream().filter(answer -> answer.statusCode() != 429).toList();
        assertThat(looked).hasSize(CALLS / 2 + ASKING).allSatisfy(answer -> assertThat(answer.body())
                .contains("\"blocks\"")
                .doesNotContain("\"valid\":true"));
        assertThat(all).filteredOn(answer -> answer.statusCode() == 429).allSatisfy(answer -> assertThat(
                        answer.headers().firstValueAsLong("Retry-After").orElse(0))
                .isPositive());
        assertThat(LaboratoryInternet.mostHanging()).isEqualTo(CALLS / 2 + ASKING);

        Patience.until("nothing hangs", () -> LaboratoryInternet.hanging() == 0);
        assertThat(send("owner", "PUT", registration, body(SOUND)).join().statusCode())
                .isEqualTo(201);
    }

    @Test
    void whoeverAsksTooOftenIsToldWhenToComeBackByApiAndByPage() {
        var registration = Api.newApplication("Impatient") + "/registrations/training";
        assertThat(send("owner", "PUT", registration, body(SOUND)).join().statusCode())
                .isEqualTo(201);
        var person = Persons.browser("owner");
        LaboratoryInternet.time(true);
        var answer = send("owner", "POST", VALIDATIONS, body(SOUND)).join();
        for (int i = 0; i < 60 && answer.statusCode() == 200; i++) {
            answer = send("owner", "POST", VALIDATIONS, body(SOUND)).join();
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");

        var page = Persons.post(person, registration.replace("/api/v1", "") + "/checks");
        assertThat(Persons.refused(page)).isTrue();
        assertThat(page.body())
                .contains("too many checks were asked for")
                .containsPattern("Wait [1-9][0-9]* seconds, then try again");

        LaboratoryInternet.time(false);
        assertThat(send("owner", "POST", VALIDATIONS, body(SOUND)).join().body())
                .contains("\"valid\":true");
    }

    private CompletableFuture<HttpResponse<String>> send(String user, String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(Persons.address() + path))
                .header("Authorization", "Bearer " + Persons.accessToken(user))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (method.equals("PUT")) {
            request.header("If-None-Match", "*");
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Described::checked);
    }

    private static String body(String jwksUri) {
        return """
                {"redirect_uris": ["https://app.supplier.co.uk/callback"],
                 "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "%s"}""".formatted(jwksUri);
    }
}
