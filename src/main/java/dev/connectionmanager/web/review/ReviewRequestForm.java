package dev.connectionmanager.web.review;

import dev.connectionmanager.review.Reviews;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Objects;

/**
 * The one form of a request's page for operators, as it was sent: each of its buttons sends all that was typed, so that
 * none of them loses what another one is for.
 */
record ReviewRequestForm(MultivaluedMap<String, String> sent) {
    /** A form without its tag is of no version. */
    String tag() {
        return value("tag");
    }

    String queue() {
        return ReviewRequestView.query(value("queue"));
    }

    /** Whether the button stands in the queue, to which its act leads back. */
    boolean fromQueue() {
        return value("back_to").equals("queue");
    }

    boolean toNobody() {
        return value("assignee").equals("nobody");
    }

    /** Who had it when the page was made; empty for nobody, {@code null} where the form does not say. */
    String assignedTo() {
        return sent.getFirst("assigned_to");
    }

    private String value(String name) {
        return Objects.requireNonNullElse(sent.getFirst(name), "");
    }

    /** A text box sends line ends as CR LF, whatever was typed. */
    private String text(String name) {
        return value(name);
    }

    private List<String> fields() {
        return sent.getOrDefault("fields", List.of());
    }

    Reviews.Decision decision() {
        var outcome = sent.getFirst("outcome");
        var comment = text("comment");
        var named = "request-changes".equals(outcome) ? fields() : List.<String>of();
        return new Reviews.Decision(outcome, comment.isBlank() ? null : comment, named);
    }

    ReviewRequestView.Typed typed() {
        return new ReviewRequestView.Typed(
                "",
                value("outcome"),
                text("comment"),
                fields(),
                value("read"),
                text("team_comment"),
                text("operators_note"));
    }

    /** What was typed, for the page that is made now or, where it says so, for an older one. */
    ReviewRequestView.Typed typedFor() {
        return tag().isEmpty() ? typed() : typed().withTag(tag());
    }

    /**
     * What was typed, to go on with after another act. Whoever read an older request than the act found still has not read
     * this one: the form keeps its tag, so that their decision is not taken for one about what they have not seen.
     *
     * @param found the request's tag before the act
     */
    ReviewRequestForm beside(String found) {
        return found.equals(tag()) ? without("tag") : this;
    }

    /** What was typed, but in these boxes. */
    ReviewRequestForm without(String... names) {
        var left = new MultivaluedHashMap<>(sent);
        List.of(names).forEach(left::remove);
        return new ReviewRequestForm(left);
    }
}
