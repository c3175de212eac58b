package dev.connectionmanager.web.registration;

import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.logout.LogoutReason;
import dev.connectionmanager.mock.logout.LogoutTests;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.wording.Dates;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What may be chosen for a logout token, what was, and what is wrong with it. */
record LogOutForm(String user, List<Choice> faults, List<Choice> sessions, List<Choice> reasons, FormErrors errors) {
    /** One of a group of radios; the first of a group has the id that errors lead to. */
    record Choice(String id, String value, String label, String hint, boolean checked) {}

    static LogOutForm of(RefusedForm refused, List<LogoutTests.Session> alive) {
        return new LogOutForm(
                refused.text("user", LogoutTests.DEFAULT_USER),
                faults(refused.text("fault", "")),
                choices(
                        "sid",
                        alive,
                        LogoutTests.Session::sid,
                        LogoutTests.Session::user,
                        session -> "Since " + Dates.time(session.since()),
                        refused.text("sid", alive.isEmpty() ? "" : alive.get(0).sid())),
                choices(
                        "reason",
                        List.of(LogoutReason.values()),
                        LogoutReason::code,
                        LogOutForm::sentence,
                        reason -> null,
                        refused.text("reason", LogoutReason.USER.code())),
                refused.errors(refused.sentTo("/session") ? "sid" : "user"));
    }

    private static List<Choice> faults(String chosen) {
        var nothing = new Choice("fault", "", "Nothing", "Logs the user out.", chosen.isEmpty());
        var faults = choices("with", LogoutTests.faults(), Fault::code, Fault::code, Fault::goodClient, chosen);
        return Stream.concat(Stream.of(nothing), faults.stream()).toList();
    }

    private static String sentence(LogoutReason reason) {
        return reason.words().substring(0, 1).toUpperCase(Locale.ROOT)
                + reason.words().substring(1);
    }

    private static <T> List<Choice> choices(
            String field,
            List<T> all,
            Function<T, String> value,
            Function<T, String> label,
            Function<T, String> hint,
            String chosen) {
        return IntStream.range(0, all.size())
                .mapToObj(i -> new Choice(
                        i == 0 ? field : field + "-" + i,
                        value.apply(all.get(i)),
                        label.apply(all.get(i)),
                        hint.apply(all.get(i)),
                        value.apply(all.get(i)).equals(chosen)))
                .toList();
    }
}
