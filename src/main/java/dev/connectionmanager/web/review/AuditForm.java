package dev.connectionmanager.web.review;

import static dev.connectionmanager.web.team.ActivityPages.unlessEmpty;

import dev.connectionmanager.audit.AuditFilter;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Times;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.FormErrors.Entry;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.wording.AuditSentences;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an operator looks for in the audit trail, as it was typed. */
class AuditForm {
    private static final ZoneId ZONE = ZoneId.of("Europe/London");

    @QueryParam("team")
    @DefaultValue("")
    public String team;

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

    /** Both ends belong to it. */
    AuditFilter filter() {
        var filter = new AuditFilter(
                null, unlessEmpty(object), unlessEmpty(person), unlessEmpty(act), startOf(from, 0), startOf(until, 1));
        return team.isBlank() ? filter : filter.in(Set.of(Ids.uuid(team.strip()).toString()));
    }

    FormErrors errors() {
        var found = new ArrayList<Entry>();
        if (!team.isBlank() && !Ids.isUuid(team.strip())) {
            found.add(new Entry(
                    "team",
                    "team",
                    "team-id-malformed",
                    "Enter the whole Team ID, such as 3b0f9c52-7c1e-4d4a-9a57-2f8e6b1d0c34."));
        }
        mustBeDate("from", from, 0, found);
        mustBeDate("until", until, 1, found);
        return new FormErrors(found, List.of());
    }

    private static void mustBeDate(String field, String value, int daysLater, List<Entry> found) {
        try {
            startOf(value, daysLater);
        } catch (DateTimeException e) {
            found.add(new Entry(field, field, "date-malformed", "Enter a date such as 2026-11-24."));
        }
    }

    private static Instant startOf(String date, int daysLater) {
        return date.isBlank()
                ? null
                : Times.known(LocalDate.parse(date.strip())
                        .plusDays(daysLater)
                        .atStartOfDay(ZONE)
                        .toInstant());
    }

    /** For addresses; begins with {@code ?}. */
    public String query() {
        return "?team=" + Labels.encoded(team) + "&object=" + Labels.encoded(object) + "&person="
                + Labels.encoded(person) + "&act=" + Labels.encoded(act) + "&from=" + Labels.encoded(from)
                + "&until=" + Labels.encoded(until);
    }

    public boolean filtered() {
        return !(team + object + person + act + from + until).isBlank();
    }

    public List<String> acts() {
        return AuditSentences.codes();
    }
}
