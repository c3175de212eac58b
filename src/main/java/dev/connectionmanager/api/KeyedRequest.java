package dev.connectionmanager.api;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A request that came with an Idempotency-Key, and what became of it. */
@Entity
@Table(name = "idempotency_key")
class KeyedRequest {
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

    boolean asked(String fingerprint) {
        return asked.equals(fingerprint);
    }

    /** {@code null} while it is at work. */
    Answer answer() {
        return status == null ? null : new Answer(status, location, tag, body);
    }

    /**
     * An answer as it is kept.
     *
     * @param location {@code null} = none
     * @param tag the entity tag as in the header; {@code null} = none
     * @param body JSON, without what is shown once; {@code null} = none
     */
    record Answer(int status, String location, String tag, String body) {
        /** Whether something may have been created or not. */
        boolean unknown() {
            return status >= 500;
        }
    }
}
