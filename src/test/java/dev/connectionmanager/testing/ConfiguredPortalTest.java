package dev.connectionmanager.testing;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test against the running portal in local mode, with what operators may set and docs/running.md names: environments with
 * discovery documents, another service level, approval by rule, nightly checks, and a database that one role owns and
 * another uses. It has fewer database connections than calls to the outside, and the mock is on a host of its own.
 *
 * <p>Integration has a document, Deployment one that can no longer be read, Production one that never could; Mock and Training, which is
 * of this portal only, have none.
 */
@QuarkusTest
@WithTestResource(
        value = TwoRolePortal.class,
        initArgs = {
            @ResourceArg(
                    name = "connection-manager.environments.integration.discovery",
                    value = "https://op.laboratory.co.uk/realm/.well-known/openid-configuration"),
            @ResourceArg(
                    name = "connection-manager.environments.integration.issuer",
                    value = "https://op.laboratory.co.uk:443/realm"),
            @ResourceArg(
                    name = "connection-manager.environments.deployment.discovery",
                    value = ConfiguredPortalTest.UNREADABLE),
            @ResourceArg(
                    name = "connection-manager.environments.production.discovery",
                    value = "https://expired.laboratory.co.uk/.well-known/openid-configuration"),
            @ResourceArg(name = "connection-manager.environments.training.position", value = "5"),
            @ResourceArg(name = "connection-manager.environments.training.name", value = "Training"),
            @ResourceArg(name = "connection-manager.environments.training.usage", value = "Train end users."),
            @ResourceArg(name = "connection-manager.environments.training.kind", value = "path-to-live"),
            @ResourceArg(
                    name = "connection-manager.environments.training.token-endpoint-auth-methods",
                    value = "private_key_jwt"),
            @ResourceArg(
                    name = "connection-manager.environments.training.token-endpoint-auth-signing-algs",
                    value = "RS256"),
            @ResourceArg(
                    name = "connection-manager.environments.training.userinfo-signing-algs",
                    value = "RS256,PS256,ES256,EdDSA"),
            // By which tests ask the portal; where the mock is, the same server has another name.
            @ResourceArg(name = "quarkus.http.host", value = "localhost"),
            @ResourceArg(name = "connection-manager.mock.url", value = "http://127.0.0.1:${quarkus.http.port}"),
            @ResourceArg(name = "connection-manager.review.automatic-redirect-uris", value = "true"),
            @ResourceArg(name = "connection-manager.review.service-level", value = "P2D"),
            @ResourceArg(name = "connection-manager.checks.nightly", value = "true"),
            @ResourceArg(name = "connection-manager.checks.wait", value = "2s"),
            @ResourceArg(name = "connection-manager.checks.nightly-pause", value = "1s"),
            @ResourceArg(name = "quarkus.datasource.jdbc.max-size", value = "10")
        })
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ConfiguredPortalTest {
    String UNREADABLE = "https://nowhere.laboratory.co.uk/.well-known/openid-configuration";
}
