package dev.connectionmanager.http;

import io.netty.handler.codec.DateFormatter;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Date;
import java.util.concurrent.TimeUnit;

/** When an answer was made (RFC 9110 section 6.6.1). Written once a second, for all answers of that second. */
final class DateHeader {
    private static volatile Second now = new Second(0, "");

    private record Second(long number, String text) {}

    private DateHeader() {}

    static void tell(MultiMap answer) {
        var second = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        var known = now;
        if (known.number != second) {
            known = new Second(second, DateFormatter.format(new Date(TimeUnit.SECONDS.toMillis(second))));
            now = known;
        }
        answer.set(HttpHeaders.DATE, known.text);
    }
}
