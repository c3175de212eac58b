package dev.connectionmanager.http;

import com.google.common.collect.Streams;
import dev.connectionmanager.web.form.PastedText;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Cleans what people paste into the forms of pages, before any handler reads it. What programs send is judged as it is. */
@ApplicationScoped
class PastedForms {
    private final RoutingContext connection;

    PastedForms(RoutingContext connection) {
        this.connection = connection;
    }

    @ServerRequestFilter(priority = Priorities.USER - 2)
    @WithFormRead
    public void clean(ResteasyReactiveContainerRequestContext request) {
        var context = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        var form = context.getFormData();
        if (form == null || Edge.of(connection) != Edge.PAGE) {
            return;
        }
        var names = new ArrayList<String>();
        form.forEach(names::add);
        names.forEach(name -> clean(form, name));
        // Handlers that take the whole form read it once more.
        context.setInputStream(new ByteArrayInputStream(encoded(form).getBytes(StandardCharsets.US_ASCII)));
    }

    private static void clean(FormData form, String name) {
        form.remove(name).stream()
                .filter(value -> !value.isFileItem())
                .forEach(value -> form.add(name, PastedText.cleaned(value.getValue())));
    }

    private static String encoded(FormData form) {
        return Streams.stream(form)
                .flatMap(name -> form.get(name).stream().map(value -> encoded(name) + "=" + encoded(value.getValue())))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
