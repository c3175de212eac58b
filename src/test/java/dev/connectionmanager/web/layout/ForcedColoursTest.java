package dev.connectionmanager.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages where the system's few colours take the place of all others: what only a colour said is not lost. */
@PortalTest
class ForcedColoursTest {
    /** What a person can see of an element: its edge, or its own ground. */
    private static final String STANDS_OUT = """
            element => {
                const style = getComputedStyle(element);
                const ground = getComputedStyle(document.body).backgroundColor;
                return parseFloat(style.borderTopWidth) > 0 || parseFloat(style.borderBottomWidth) > 0
                    || parseFloat(style.outlineWidth) > 0 || style.backgroundColor !== ground;
            }""";

    @Test
    void tagsButtonsAndErrorsStandOut() {
        var application = Api.newApplication("Forced").replace("/api/v1", "");
        Api.as("owner")
                .put("/api/v1" + application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        try (var browser = Browser.withForcedColours().logIn("owner")) {
            for (var page : List.of("/teams", application, application + "/registrations/integration")) {
                browser.go(page).look("forced colours " + page.replaceAll("[0-9a-f]{8}-[0-9a-f-]+", ""));
                allStandOut(browser, ".nhsuk-tag");
                allStandOut(browser, "main .nhsuk-button");
            }
            browser.go("/teams/" + Api.FIRST_TEAM + "/applications/new")
                    .press("Add application")
                    .look("forced colours errors");
            allStandOut(browser, ".nhsuk-error-summary");
            allStandOut(browser, "input.nhsuk-input");
        }
    }

    @Test
    void focusIsSeenOnEveryStop() {
        try (var browser = Browser.withForcedColours().logIn("owner").go("/teams")) {
            for (int i = 0; i < 12; i++) {
                browser.page.keyboard().press("Tab");
                assertThat((Boolean) browser.page.evaluate("""
                                () => {
                                    const style = getComputedStyle(document.activeElement);
                                    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
                                }"""))
                        .as((String) browser.page.evaluate("document.activeElement.outerHTML"))
                        .isTrue();
            }
        }
    }

    @Test
    void partsOfChartsAreToldApart() {
        try (var browser = Browser.withForcedColours().logIn("operator").go("/review/statistics")) {
            browser.look("forced colours statistics");
            var parts = browser.page.locator(".app-legend").first().locator(".app-part");
            var fills = new HashSet<Object>();
            for (int i = 0; i < parts.count(); i++) {
                fills.add(parts.nth(i).evaluate("part => getComputedStyle(part).fill"));
            }
            assertThat(fills).hasSize(parts.count()).hasSizeGreaterThan(1);
        }
    }

    /** As large as they are drawn, not as they are written. */
    @Test
    void labelsOfChartsAreReadableOnANarrowScreen() {
        try (var browser = Browser.open().logIn("operator").go("/review/statistics")) {
            browser.page.setViewportSize(320, 800);
            var size = (Number) browser.page.evaluate("""
                    () => {
                        const text = document.querySelector('.app-chart text');
                        return parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
                    }""");
            assertThat(size.doubleValue()).isGreaterThan(14.5);
            var outside = browser.page.evaluate("""
                    () => [...document.querySelectorAll('.app-chart text')]
                        .filter(text => text.getBoundingClientRect().right > 320)
                        .map(text => text.textContent)""");
            assertThat((List<?>) outside).isEmpty();
        }
    }

    private static void allStandOut(Browser browser, String selector) {
        var found = browser.page.locator(selector);
        for (int i = 0; i < found.count(); i++) {
            if (found.nth(i).isVisible()) {
                assertThat((Boolean) found.nth(i).evaluate(STANDS_OUT))
                        .as(selector + " " + found.nth(i).innerText())
                        .isTrue();
            }
        }
    }
}
