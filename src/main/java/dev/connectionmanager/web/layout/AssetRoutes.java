package dev.connectionmanager.web.layout;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Serves {@link Assets} from memory. */
@ApplicationScoped
class AssetRoutes {
    void register(@Observes Router router) {
        router.route(Assets.PLACE + "*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(AssetRoutes::serve);
    }

    private static void serve(RoutingContext request) {
        var found = Assets.at(request.normalizedPath());
        if (found.isEmpty()) {
            request.next();
            return;
        }
        var asset = found.get();
        var answer = request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, asset.type())
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        var body = asset.plain();
        if (asset.packed().isPresent() && takesGzip(request.request().headers().getAll(HttpHeaders.ACCEPT_ENCODING))) {
            body = asset.packed().get();
            answer.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        if (request.request().method().equals(HttpMethod.HEAD)) {
            answer.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length))
                    .end();
        } else {
            answer.end(Buffer.buffer(body));
        }
    }

    /** RFC 9110 section 12.5.3: a weight of zero says that it is not taken. */
    static boolean takesGzip(List<String> accepted) {
        return accepted.stream()
                .flatMap(line -> Stream.of(line.toLowerCase(Locale.ROOT).split(",")))
                .map(coding -> coding.replaceAll("\\s", ""))
                .filter(coding -> coding.matches("(gzip|\\*)(;.*)?"))
                .anyMatch(coding -> !coding.matches(".*;q=0(\\.0*)?"));
    }
}
