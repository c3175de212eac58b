package dev.connectionmanager.endpoint;

import dev.connectionmanager.verification.probe.CheckReport;
import java.time.Instant;
import java.util.Locale;

/**
 * What a team is told of one of its endpoints.
 *
 * @param report of the check that showed it
 * @param certificateEnds {@code null} where no certificate was seen
 */
public record EndpointNotice(Kind kind, CheckReport report, Instant certificateEnds) {
    /** What has become of the endpoint. */
    public enum Kind {
        ENDPOINT_BROKEN,
        ENDPOINT_RECOVERED,
        CERTIFICATE_EXPIRES_SOON;

        /** The code of its letter: {@code endpoint-broken}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
