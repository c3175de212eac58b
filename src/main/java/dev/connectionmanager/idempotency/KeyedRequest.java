package dev.connectionmanager.idempotency;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A request that came with a key, and what became of it. */
@Entity
@Table(name = "idempotency_key")
public class KeyedRequest {
    @Id
    private String id;

    @Column(updatable = false)
    private String asked;

    @Column(updatable = false)
    private Instant startedAt;

    private Integer status;
    private String location;
    private String tag;
    private String body;

    protected KeyedRequest() {}

    void answered(Answer answer) {
        status = answer.status();
        location = answer.location();
        tag = answer.tag();
        body = answer.body();
    }

    /** Whether the request that has the key asks the same. */
    public boolean asked(Claim claim) {
        return asked.equals(claim.asked());
    }

    /** {@code null} while it is at work. */
    public Answer answer() {
        return status == null ? null : new Answer(status, location, tag, body);
    }

    /**
     * An answer as it is kept.
     *
     * @param location {@code null} = none
     * @param tag the entity tag as in the header; {@code null} = none
     * @param body as the edge has it kept, without what is shown once; {@code null} = none
     */
    public record Answer(int status, String location, String tag, String body) {
        /** Whether something may have been done or not. */
        public boolean unknown() {
            return status >= 500;
        }
    }
}
