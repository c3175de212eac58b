package dev.connectionmanager.endpoint;

import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/**
 * What the checks of one endpoint of a registration amount to; {@link HealthRules} make it.
 *
 * @param uri what was checked; another one starts afresh
 * @param checkedAt when the last check began
 * @param failingSince the first of the failing checks in a row; {@code null} while the endpoint works
 * @param fault code of what the last of them found; {@code null} while the endpoint works
 * @param broken whether it has failed for so long that the team is notified
 * @param certificateEnds when the certificate that was seen last ends; {@code null} where none was ever seen
 * @param certificateAttention from when on that certificate needs attention; {@code null} where none was ever seen, and of
 *     what earlier versions kept
 * @param notifiedEnds the end of the certificate that the team was warned of last; {@code null} for none
 * @param notifiedDays how many days before that end the warning was due
 */
@Embeddable
@RecordBuilder
public record Health(
        String uri,
        Instant checkedAt,
        Instant failingSince,
        String fault,
        boolean broken,
        Instant certificateEnds,
        Instant certificateAttention,
        Instant notifiedEnds,
        Integer notifiedDays)
        implements HealthBuilder.With {

    static Health unknown(String uri) {
        return new Health(uri, Instant.EPOCH, null, null, false, null, null, null, null);
    }

    public boolean failing() {
        return failingSince != null;
    }

    /** Whether somebody should see to the certificate that was seen last. */
    public boolean certificateNeedsAttention(Instant now) {
        return certificateAttention != null && !now.isBefore(certificateAttention) && now.isBefore(certificateEnds);
    }

    /** One failing check may be chance: another one decides. */
    boolean unsure() {
        return failing() && !broken;
    }
}
