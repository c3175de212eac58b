package dev.connectionmanager.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** Each sentence of an error summary leads to the field that it is about, which must be on the page. Every page that a test gets is looked at. */
public final class ErrorLinks {
    private static final Pattern SUMMARY =
            Pattern.compile("nhsuk-error-summary__list\"[^>]*>(.*?)</ul>", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("href=\"#([^\"]*)\"");

    private ErrorLinks() {}

    /** @return the page */
    public static String checked(String page) {
        SUMMARY.matcher(page)
                .results()
                .flatMap(summary -> LINK.matcher(summary.group(1)).results())
                .map(link -> link.group(1))
                .forEach(id -> assertThat(page)
                        .as("an error links to '%s'", id)
                        .containsPattern("\\sid=\"" + Pattern.quote(id) + "\""));
        return page;
    }
}
