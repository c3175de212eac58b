package dev.connectionmanager.review;

import dev.connectionmanager.team.Actor;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One thing that happened to a request or was said about it. */
@Entity
@Immutable
public class RequestEntry {
    @Id
    private UUID id;

    private UUID requestId;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String author;
    private String authorName;
    private String role;
    private String text;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> fields;

    private Instant at;

    protected RequestEntry() {}

    /**
     * @param text what was said with it; {@code null} = nothing
     * @param fields which members it is about
     */
    RequestEntry(
            ProductionRequest request,
            Kind kind,
            Actor actor,
            String role,
            String text,
            List<String> fields,
            Instant at) {
        this.id = UUID.randomUUID();
        this.requestId = request.id();
        this.kind = kind;
        this.author = actor.subject();
        this.authorName = actor.name();
        this.role = role;
        this.text = text;
        this.fields = new ArrayList<>(fields);
        this.at = at;
    }

    /** What it is. */
    public enum Kind {
        OPENED,
        SUBMITTED,
        COMMENT,
        /** For operators only. */
        NOTE,
        CHANGES_REQUESTED,
        APPROVED,
        REJECTED,
        WITHDRAWN;

        /** The word used in the API: {@code changes-requested}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public UUID id() {
        return id;
    }

    UUID requestId() {
        return requestId;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it asks for changes or turns the request down. */
    boolean verdict() {
        return kind == Kind.CHANGES_REQUESTED || kind == Kind.REJECTED;
    }

    /** The subject of whoever did or said it. */
    public String author() {
        return author;
    }

    public String authorName() {
        return authorName;
    }

    /** In which role its author acted: {@code owner}, {@code operator}, {@code portal}… */
    public String role() {
        return role;
    }

    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    public List<String> fields() {
        return List.copyOf(fields);
    }

    public Instant at() {
        return at;
    }
}
