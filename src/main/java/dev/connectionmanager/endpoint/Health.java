package dev.connectionmanager.endpoint;

import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/**
 * What the looks at one endpoint of a registration amount to; {@link HealthRules} make it.
 *
 * @param uri what was looked at; another one starts afresh
 * @param lookedAt when the last look began
 * @param failingSince the first of the failing looks in a row; {@code null} while the endpoint works
 * @param fault code of what the last of them found; {@code null} while the endpoint works
 * @param broken whether it has failed long enough to tell the team
 * @param certificateEnds when the certificate that was seen last ends; {@code null} where none was ever seen
 * @param toldEnds the end of the certificate that the team was warned of last; {@code null} for none
 * @param toldDays how many days before that end the warning was due
 */
@Embeddable
@RecordBuilder
public record Health(
        String uri,
        Instant lookedAt,
        Instant failingSince,
        String fault,
        boolean broken,
        Instant certificateEnds,
        Instant toldEnds,
        Integer toldDays)
        implements HealthBuilder.With {

    static Health unknown(String uri) {
        return new Health(uri, Instant.EPOCH, null, null, false, null, null, null);
    }

    public boolean failing() {
        return failingSince != null;
    }

    /** One failing look may be chance: another one decides. */
    boolean unsure() {
        return failing() && !broken;
    }
}
