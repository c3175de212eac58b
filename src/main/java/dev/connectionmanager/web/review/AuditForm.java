package dev.connectionmanager.web.review;

import static dev.connectionmanager.web.team.ActivityPages.unlessEmpty;

import dev.connectionmanager.audit.AuditFilter;
import dev.connectionmanager.policy.Times;
import dev.connectionmanager.search.TrailSubjects;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.FormErrors.Entry;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.wording.ActGroup;
import dev.connectionmanager.wording.AuditSentences;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** What an operator looks for in the audit trail, as it was typed. */
class AuditForm {
    static final String WANTED = "yes";
    private static final ZoneId ZONE = ZoneId.of("Europe/London");

    @QueryParam("team")
    @DefaultValue("")
    public String team;

    @QueryParam("client")
    @DefaultValue("")
    public String client;

    @QueryParam("application")
    @DefaultValue("")
    public String application;

    @QueryParam("object")
    @DefaultValue("")
    public String object;

    @QueryParam("person")
    @DefaultValue("")
    public String person;

    @QueryParam("act")
    @DefaultValue("")
    public String act;

    @QueryParam("from")
    @DefaultValue("")
    public String from;

    @QueryParam("until")
    @DefaultValue("")
    public String until;

    /** {@link #WANTED}: what was mailed is listed too. */
    @QueryParam("emails")
    @DefaultValue("")
    public String emails;

    /**
     * What is searched for, and what is wrong with how it was asked.
     *
     * @param filter {@code null} where anything is wrong
     */
    record Query(AuditFilter filter, FormErrors errors) {}

    /** Both ends belong to it. */
    Query read(Actor actor, TrailSubjects subjects) {
        var found = new ArrayList<Entry>();
        var chains = ids(
                "team",
                team,
                "No team has a name like this. Enter the beginnings of its words, or the Team ID.",
                actor,
                subjects::teams,
                found);
        var ofClient = ids(
                "client",
                client,
                "No client ID begins like this. Copy the whole client ID.",
                actor,
                subjects::clients,
                found);
        var ofApplication = ids(
                "application",
                application,
                "No application has a name like this. Enter the beginnings of its words, or its ID.",
                actor,
                subjects::applications,
                found);
        var start = date("from", from, found);
        var end = date("until", until, found);
        if (start.isPresent() && end.isPresent() && start.get().isAfter(end.get())) {
            found.add(new Entry(
                    "until", "until", "until-before-from", "‘Until’ must be the same day as ‘From’, or later."));
        }
        if (!found.isEmpty()) {
            return new Query(null, new FormErrors(found, List.of()));
        }
        return new Query(
                AuditFilter.ALL
                        .in(chains)
                        .withObjects(common(
                                unlessEmpty(object) == null ? null : Set.of(object.strip()), ofClient, ofApplication))
                        .withPerson(unlessEmpty(person))
                        .withActs(ActGroup.ofCode(act)
                                .map(ActGroup::acts)
                                .orElse(act.isBlank() ? null : Set.of(act.strip())))
                        .withFrom(start.map(AuditForm::startOf).orElse(null))
                        .withUntil(end.map(day -> startOf(day.plusDays(1))).orElse(null))
                        .withWithoutMail(!emailsWanted()),
                FormErrors.NONE);
    }

    /** {@code null} where nothing was typed. */
    private static Set<String> ids(
            String field,
            String typed,
            String otherwise,
            Actor actor,
            BiFunction<Actor, String, Set<String>> read,
            List<Entry> found) {
        if (typed.isBlank()) {
            return null;
        }
        var ids = read.apply(actor, typed.strip());
        if (ids.isEmpty()) {
            found.add(new Entry(field, field, field + "-unknown", otherwise));
        }
        return ids;
    }

    /** What all of those that were asked for have; {@code null} where none was. */
    @SafeVarargs
    private static Set<String> common(Set<String>... asked) {
        Set<String> common = null;
        for (var ids : asked) {
            if (common == null) {
                common = ids == null ? null : new HashSet<>(ids);
            } else if (ids != null) {
                common.retainAll(ids);
            }
        }
        return common;
    }

    private static Optional<LocalDate> date(String field, String value, List<Entry> found) {
        try {
            if (value.isBlank()) {
                return Optional.empty();
            }
            var day = LocalDate.parse(value.strip());
            startOf(day.plusDays(1));
            return Optional.of(day);
        } catch (DateTimeException e) {
            found.add(new Entry(field, field, "date-malformed", "Enter a date such as 2026-11-24."));
            return Optional.empty();
        }
    }

    private static Instant startOf(LocalDate day) {
        return Times.known(day.atStartOfDay(ZONE).toInstant());
    }

    public boolean emailsWanted() {
        return emails.equals(WANTED);
    }

    /** For addresses; begins with {@code ?}. */
    public String query() {
        return "?team=" + Labels.encoded(team) + "&client=" + Labels.encoded(client) + "&application="
                + Labels.encoded(application) + "&object=" + Labels.encoded(object) + "&person="
                + Labels.encoded(person) + "&act=" + Labels.encoded(act) + "&from=" + Labels.encoded(from)
                + "&until=" + Labels.encoded(until) + "&emails=" + Labels.encoded(emails);
    }

    public boolean filtered() {
        return !(team + client + application + object + person + act + from + until + emails).isBlank();
    }

    public List<ActGroup> groups() {
        return List.of(ActGroup.values());
    }

    public List<String> acts() {
        return AuditSentences.codes();
    }
}
