package dev.connectionmanager.testing;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test against the running portal outside local mode, behind a proxy that ends TLS; mail is not configured. */
@QuarkusTest
@WithTestResource(
        value = LocalPortal.class,
        initArgs = {
            @ResourceArg(name = "connection-manager.local", value = "false"),
            @ResourceArg(name = "connection-manager.public-url", value = "https://portal.example"),
            @ResourceArg(name = "quarkus.oidc.authentication.cookie-force-secure", value = "true"),
            @ResourceArg(name = "quarkus.oidc.authentication.force-redirect-https-scheme", value = "true")
        })
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface DeployedPortalTest {}
