package dev.connectionmanager.web.review;

import dev.connectionmanager.review.Reviews;
import jakarta.ws.rs.FormParam;
import java.util.List;
import java.util.Objects;

/**
 * The one form of a request's page for operators, as it was sent: each of its buttons sends all that was typed, so that
 * none of them loses what another one is for.
 */
class ReviewRequestForm {
    @FormParam("tag")
    String tag;

    @FormParam("read")
    String read;

    @FormParam("queue")
    String queue;

    @FormParam("back_to")
    String backTo;

    @FormParam("assignee")
    String assignee;

    /** Who had it when the page was made; empty for nobody. */
    @FormParam("assigned_to")
    String assignedTo;

    @FormParam("outcome")
    String outcome;

    @FormParam("comment")
    String comment;

    @FormParam("fields")
    List<String> fields;

    @FormParam("team_comment")
    String teamComment;

    @FormParam("operators_note")
    String note;

    /** A form without its tag is of no version. */
    String tag() {
        return Objects.requireNonNullElse(tag, "");
    }

    String queue() {
        return ReviewRequestView.query(queue);
    }

    /** Whether the button stands in the queue, to which its act leads back. */
    boolean fromQueue() {
        return "queue".equals(backTo);
    }

    /** A text box sends line ends as CR LF, whatever was typed. */
    private static String text(String typed) {
        return Objects.requireNonNullElse(typed, "").replace("\r\n", "\n");
    }

    Reviews.Decision decision() {
        var named = fields == null || !"request-changes".equals(outcome) ? List.<String>of() : fields;
        return new Reviews.Decision(outcome, text(comment).isBlank() ? null : text(comment), named);
    }

    ReviewRequestView.Typed typed() {
        return new ReviewRequestView.Typed(
                "",
                Objects.requireNonNullElse(outcome, ""),
                text(comment),
                fields == null ? List.of() : fields,
                Objects.requireNonNullElse(read, ""),
                text(teamComment),
                text(note));
    }

    /**
     * What was typed, to go on with after another act. Whoever read an older request than the act found still has not read
     * this one: the form keeps its tag, so that their decision is not taken for one about what they have not seen.
     *
     * @param found the request's tag before the act
     */
    ReviewRequestView.Typed typedBeside(String found) {
        var typed = typed();
        return found.equals(tag()) ? typed : typed.withTag(tag());
    }
}
