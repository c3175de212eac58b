package dev.connectionmanager.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import org.junit.jupiter.api.Test;

/** The reference as people read it. */
@PortalTest
class DocsPagesTest {
    @Test
    void leadsFromTheOverviewToAnOperationAndItsCodes() {
        try (var browser = Browser.open()) {
            browser.go("/docs").sees("API reference");
            browser.follow("Register, or replace what is registered");
            browser.sees("Registrations");
            assertThat(browser.page.url()).endsWith("/docs/registrations#putRegistration");
            assertThat(browser.text())
                    .contains("PUT /api/v1/applications/{application_id}/registrations/{environment}")
                    .contains("\"token_endpoint_auth_method\" : \"client_secret_basic\"")
                    .contains("Where people are sent back to after log-in; compared character by character.");
            browser.go("/docs/codes").sees("Problem documents and their codes");
            assertThat(browser.text()).contains("redirect-uri-fragment", "request-open");
        }
    }

    @Test
    void everyLinkOfTheReferenceLeadsSomewhere() {
        try (var browser = Browser.open()) {
            browser.go("/docs");
            var pages = browser.page.locator("main h2 a").all().stream()
                    .map(link -> link.getAttribute("href"))
                    .toList();
            assertThat(pages).hasSizeGreaterThan(10);
            for (var page : pages) {
                browser.go(page);
                var missing = browser.page.evaluate(
                        "() => [...document.querySelectorAll('main a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
                                + ".filter(href => !document.getElementById(href.slice(1)))");
                assertThat(missing).as(page).isEqualTo(java.util.List.of());
            }
        }
    }

    @Test
    void anUnknownGroupIsNotFound() {
        try (var browser = Browser.withoutScripts()) {
            browser.go("/docs/made-up");
            assertThat(browser.heading()).isEqualTo("Page not found");
        }
    }
}
