package dev.connectionmanager.http;

import dev.connectionmanager.idempotency.Claim;
import dev.connectionmanager.idempotency.IdempotencyKeys;
import dev.connectionmanager.idempotency.KeyedRequest;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.web.form.FormSubmission;
import dev.connectionmanager.web.layout.ErrorPages;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Lets a form of the pages do once what it is for, however often it is sent: a double click, a page loaded again, the Back
 * button. Each form carries a key (the tag {@code idempotencyKey}); the first post with a key is let through and its outcome
 * kept, the same one sent again gets that outcome. Keys are a person's own.
 *
 * <ul>
 *   <li>A post that comes while the first is at work waits for it, since a browser shows the answer to the second of a
 *       double click only.
 *   <li>A refusal frees the key: the form, put right or not, is judged anew. An answer of 4xx is one; a refusal that is
 *       answered otherwise, say by sending the browser back to the form's page, says so by {@link FormSubmission#refused()}.
 *   <li>Another content with the same key is another act: somebody went back and changed what they had typed. It is judged
 *       anew, and takes the key, so that only what was sent last is a repeat.
 *   <li>The forms of the mock carry none: those who send them have no session, so that a key would be nobody's own, and nothing is
 *       kept for them. What they make twice ends by itself, and there are limits to it.
 *   <li>A post without a key comes from a script. It is judged as it is, like a request without {@code Idempotency-Key} on
 *       the API: whoever wants the protection sends a key.
 * </ul>
 */
@ApplicationScoped
class RepeatedForms {
    private static final Logger LOG = Logger.getLogger(RepeatedForms.class);
    private static final String CLAIMED = RepeatedForms.class.getName();
    private static final int LONGEST = 255;
    /** A look at the endpoints of a form takes 20 seconds at most. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Each that waits holds a worker thread: others must find some. */
    private final Semaphore waiting = new Semaphore(32);

    private final IdempotencyKeys keys;
    private final CurrentActor actor;
    private final FormSubmission submission;
    private final RoutingContext connection;

    RepeatedForms(IdempotencyKeys keys, CurrentActor actor, FormSubmission submission, RoutingContext connection) {
        this.keys = keys;
        this.actor = actor;
        this.submission = submission;
        this.connection = connection;
    }

    /** @return the answer to a repeat; {@code null} lets the request through */
    @ServerRequestFilter(priority = Priorities.USER)
    @WithFormRead
    public Response answerRepeat(ResteasyReactiveContainerRequestContext request) {
        var sent = claim(request);
        if (sent.isEmpty()) {
            return null;
        }
        var earlier = claimOrWait(sent.get());
        if (earlier.isEmpty()) {
            request.setProperty(CLAIMED, sent.get());
            return null;
        }
        var outcome = earlier.get().answer();
        return outcome == null ? ErrorPages.ofFormAtWork() : again(outcome);
    }

    private Response again(KeyedRequest.Answer outcome) {
        if (outcome.unknown()) {
            return ErrorPages.ofFormThatFailed();
        }
        return submission.repeats(outcome);
    }

    /** Empty for anything but a form of the pages that carries a key. */
    private Optional<Claim> claim(ResteasyReactiveContainerRequestContext request) {
        var form = ((ResteasyReactiveRequestContext) request.getServerRequestContext()).getFormData();
        var path = request.getUriInfo().getRequestUri().getRawPath();
        if (form == null || Edge.of(connection) != Edge.PAGE || !actor.loggedIn()) {
            return Optional.empty();
        }
        var key = form.getFirst(FormSubmission.KEY);
        if (key == null
                || key.isFileItem()
                || key.getValue().isBlank()
                || key.getValue().length() > LONGEST) {
            return Optional.empty();
        }
        var person = actor.get();
        return Optional.of(Claim.of(
                Claim.digest(List.of("form", person.kind().name(), person.subject(), key.getValue())),
                Claim.digest(content(
                        form,
                        request.getMethod(),
                        path,
                        String.valueOf(request.getUriInfo().getRequestUri().getRawQuery())))));
    }

    private static List<String> content(FormData form, String... address) {
        var content = new ArrayList<>(List.of(address));
        for (var name : form) {
            for (var value : form.get(name)) {
                content.add(name);
                content.add(value.isFileItem() ? "" : value.getValue());
            }
        }
        return content;
    }

    /** @return what became of the same request before, if anything by now; empty when the key is this one's */
    private Optional<KeyedRequest> claimOrWait(Claim claim) {
        var earlier = claimOrTake(claim);
        if (!atWork(earlier) || !waiting.tryAcquire()) {
            return earlier;
        }
        try {
            var end = System.nanoTime() + LONGEST_WAIT.toNanos();
            while (atWork(earlier) && System.nanoTime() < end) {
                Thread.sleep(PAUSE.toMillis());
                earlier = claimOrTake(claim);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
        return earlier;
    }

    private static boolean atWork(Optional<KeyedRequest> earlier) {
        return earlier.isPresent() && earlier.get().answer() == null;
    }

    /** @return the same request, where it was sent before; empty when the key is this one's */
    private Optional<KeyedRequest> claimOrTake(Claim claim) {
        while (true) {
            var earlier = keys.claim(claim);
            if (earlier.isEmpty() || earlier.get().asked(claim)) {
                return earlier;
            }
            if (keys.replace(claim)) {
                return Optional.empty();
            }
        }
    }

    @ServerResponseFilter
    public void keepOutcome(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(CLAIMED) instanceof Claim claim)) {
            return;
        }
        var status = response.getStatus();
        try {
            if (submission.isRefused() || status >= 400 && status < 500) {
                keys.free(claim);
            } else {
                var outcome = submission.outcome(status, response.getHeaderString(HttpHeaders.LOCATION));
                if (outcome.unknown()) {
                    keys.fail(claim, outcome);
                } else {
                    keys.keep(claim, outcome);
                }
            }
        } catch (RuntimeException e) {
            // What was done is done, and told: its key stays claimed, so that it is not done again.
            keys.settleLater(claim);
            LOG.error("The outcome of a form was not kept", e);
        }
    }
}
