package dev.connectionmanager.web.registration;

import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.credential.ClientSecrets;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.Radios;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The page on which a new client secret is issued.
 *
 * @param live the secrets that work now
 * @param typed how many seconds the old secret goes on working
 * @param found what is wrong with it; empty before it is sent
 */
@RecordBuilder
record RotationForm(RegistrationSnapshot registered, List<ClientSecret> live, String typed, Violations found)
        implements RotationFormBuilder.With {
    private static final String MEMBER = "overlap_seconds";
    /** RFC 8259 section 6, without a fraction; as long as the API takes one. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,999})");

    private static final Choice NONE =
            new Choice("0", "Not at all", "It stops working now; log-ins fail until your application has the new one");
    private static final List<Choice> CHOICES =
            List.of(NONE, days(1), days((int) ClientSecrets.DEFAULT_OVERLAP.toDays()), days(30));

    static RotationForm empty(RegistrationSnapshot registered, List<ClientSecret> live) {
        var first = live.size() == 1 ? Long.toString(ClientSecrets.DEFAULT_OVERLAP.toSeconds()) : NONE.value;
        return new RotationForm(registered, live, first, Violations.NONE);
    }

    /** As the API reads the member, so that both refuse the same; what is too large for any rule stays too large. */
    Parsed<Long> overlapSeconds() {
        if (!WHOLE_NUMBER.matcher(typed).matches()) {
            var found = Violation.of(MEMBER, Rule.WRONG_TYPE, MEMBER, "integer");
            return new Parsed<>(null, new Violations(List.of(found)));
        }
        var seconds = new BigInteger(typed);
        return Parsed.typed(seconds.bitLength() < Long.SIZE ? seconds.longValue() : seconds.signum() * Long.MAX_VALUE);
    }

    public FormErrors errors() {
        return FormErrors.of(found);
    }

    public String hint() {
        return "Time enough to give your application the new one. The old secret ends in "
                + live.get(0).lastFour() + ".";
    }

    /** Only where one secret is live there is something to choose; what was sent beside that is shown too. */
    public List<Choice> choices() {
        var choices = new ArrayList<>(live.size() == 1 ? CHOICES : List.of(NONE));
        if (choices.stream().noneMatch(choice -> choice.value.equals(typed))) {
            choices.add(new Choice(typed, typed + " seconds", null));
        }
        return choices;
    }

    public boolean isTyped(Choice choice) {
        return choice.value.equals(typed);
    }

    public String radioId(int index) {
        return Radios.id(MEMBER, index);
    }

    /** How long the old secret goes on working, in words; only of what the rules accept. */
    public String overlap() {
        return CHOICES.stream()
                .filter(this::isTyped)
                .findFirst()
                .map(Choice::label)
                .orElse(typed + " seconds");
    }

    private static Choice days(int days) {
        return new Choice(Long.toString(Duration.ofDays(days).toSeconds()), days == 1 ? "1 day" : days + " days", null);
    }

    /**
     * An overlap to choose.
     *
     * @param value in seconds
     * @param hint {@code null} = none
     */
    record Choice(String value, String label, String hint) {}
}
