package dev.connectionmanager.web.mock;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** What people read who ask the mock for something that they cannot have: it says, as every page of the mock, what it is. */
public final class MockErrorPage {
    private MockErrorPage() {}

    @CheckedTemplate(basePath = "mock")
    static class Templates {
        static native TemplateInstance error(String title, String words);
    }

    /**
     * @param status HTTP's
     * @param words what is wrong, and how to put it right
     * @return HTML
     */
    public static String of(int status, String words) {
        return Templates.error(title(status), words).render();
    }

    private static String title(int status) {
        return switch (status) {
            case 404 -> "The mock has nothing at this address";
            case 405 -> "The mock cannot do that at this address";
            case 413 -> "What you sent is too large for the mock";
            case 429 -> "Too many requests to the mock";
            case 503 -> "The mock is busy";
            default ->
                status < 500 ? "The mock cannot understand this request" : "There is a problem with the mock itself";
        };
    }
}
