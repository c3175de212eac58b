package dev.connectionmanager.http;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.web.form.FormPage;
import dev.connectionmanager.web.form.FormSubmission;
import dev.connectionmanager.web.form.KeptForm;
import dev.connectionmanager.web.form.RefusedForm;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Sends a browser whose form was refused back to the form's page. */
@RequestScoped
class RefusedFormPages {
    private final RefusedForm refused;
    private final FormSubmission submission;
    private final RoutingContext connection;
    private KeptForm.Sent sent;

    RefusedFormPages(RefusedForm refused, FormSubmission submission, RoutingContext connection) {
        this.refused = refused;
        this.submission = submission;
        this.connection = connection;
    }

    /** Of forms that have come as far as a handler: what is refused before costs no more than the answer. */
    @ServerRequestFilter(priority = Priorities.USER - 1)
    @WithFormRead
    public void note(ResteasyReactiveContainerRequestContext request) {
        if (Edge.of(connection) == Edge.PAGE && request.getMethod().equals(HttpMethod.POST)) {
            var context = (ResteasyReactiveRequestContext) request.getServerRequestContext();
            var page = context.getTarget().getLazyMethod().getMethod().getAnnotation(FormPage.class);
            sent = new KeptForm.Sent(
                    connection.normalizedPath(),
                    page == null ? itself(request.getUriInfo()) : page(page, request.getUriInfo()),
                    fields(context.getFormData()));
        }
    }

    private static String page(FormPage page, UriInfo address) {
        var parameters = address.getPathParameters().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get(0)));
        return UriBuilder.fromPath(page.value()).buildFromMap(parameters).toString();
    }

    private String itself(UriInfo address) {
        var query = Stream.of(Objects.requireNonNullElse(address.getRequestUri().getRawQuery(), "")
                        .split("&"))
                .filter(part -> !part.isEmpty() && !part.startsWith(RefusedForm.KEY + "="))
                .collect(Collectors.joining("&"));
        return connection.normalizedPath() + (query.isEmpty() ? "" : "?" + query);
    }

    private static Map<String, List<String>> fields(FormData form) {
        var fields = new LinkedHashMap<String, List<String>>();
        if (form != null) {
            for (var name : form) {
                fields.put(
                        name,
                        form.get(name).stream()
                                .filter(value -> !value.isFileItem())
                                .map(value -> value.getValue())
                                .toList());
            }
        }
        return fields;
    }

    /** @return empty where the refusal is answered at once */
    Optional<Response> answer(Refusal refusal) {
        if (sent == null) {
            return Optional.empty();
        }
        var answer = refused.keep(sent, refusal);
        if (answer.isPresent()) {
            submission.refused();
        }
        return answer;
    }

    /** What is said where a page cannot show its refused form, since what the form is about is gone. */
    Refusal instead(Refusal refusal) {
        return refused.refusal()
                .filter(kept -> kept instanceof Refusal.Conflict)
                .orElse(refusal);
    }
}
