package dev.connectionmanager.api.mock;

import dev.connectionmanager.mock.provider.OwnIssuers.Own;
import dev.connectionmanager.mock.test.Tests;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;

/** The test that a request's address names, for whoever sends its token. */
@RequestScoped
class AskedTest {
    /** In the paths of all that is a test's. */
    static final String ID = "test_id";

    private final Tests tests;
    private final UriInfo address;
    private final HttpHeaders headers;

    AskedTest(Tests tests, UriInfo address, HttpHeaders headers) {
        this.tests = tests;
        this.address = address;
        this.headers = headers;
    }

    /** @throws dev.connectionmanager.policy.Refusal.NotFound for everybody else, as for one that there is not */
    Own own() {
        return tests.ofBearer(
                address.getPathParameters().getFirst(ID), headers.getHeaderString(HttpHeaders.AUTHORIZATION));
    }
}
