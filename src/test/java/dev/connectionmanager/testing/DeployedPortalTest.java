package dev.connectionmanager.testing;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test against the running portal outside local mode, behind a proxy that ends TLS, with mail and a database that one
 * role owns and another uses. Where its SMTP server would be, nobody listens until a test does.
 */
@QuarkusTest
@WithTestResource(
        value = TwoRolePortal.class,
        initArgs = {
            @ResourceArg(name = "connection-manager.local", value = "false"),
            @ResourceArg(name = "connection-manager.public-url", value = "https://portal.example"),
            @ResourceArg(name = "quarkus.oidc.authentication.cookie-force-secure", value = "true"),
            @ResourceArg(name = "quarkus.oidc.authentication.force-redirect-https-scheme", value = "true"),
            @ResourceArg(name = "connection-manager.mail.from", value = "Portal <portal@manager.example>"),
            @ResourceArg(
                    name = "connection-manager.mail.operators",
                    value = "desk@manager.example,duty@manager.example"),
            @ResourceArg(name = "connection-manager.mail.host", value = "127.0.0.1"),
            @ResourceArg(name = "connection-manager.mail.tls", value = "optional")
        })
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface DeployedPortalTest {}
