package dev.connectionmanager.verification.uri;

import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.SpoofChecker.RestrictionLevel;
import dev.connectionmanager.policy.HostText;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hosts in punycode whose letters people take for others. Unicode Technical Standard 39. */
final class LookAlikes {
    /** Of every alphabet of Europe that is Latin; without dotless i, kra and long s, which look like plain letters. */
    private static final Pattern LATIN = Pattern.compile("[\\x00-\\x7f\\u00c0-\\u0130\\u0132-\\u0137\\u0139-\\u017e]*");

    private LookAlikes() {}

    /** How such a host is shown to people; empty for all others. */
    static Optional<String> shown(String host) {
        if (!host.contains("xn--")) {
            return Optional.empty();
        }
        var shown = HostText.unicode(host);
        return Arrays.stream(shown.split("\\.")).anyMatch(LookAlikes::looksLikeAnother)
                ? Optional.of(shown)
                : Optional.empty();
    }

    /** Letters of one alphabet that all have a Latin twin, or letters of several alphabets. */
    private static boolean looksLikeAnother(String label) {
        return !LATIN.matcher(label).matches()
                && (Checkers.SKELETONS.getSkeleton(label).chars().allMatch(c -> c < 0x80)
                        || Checkers.ALPHABETS.failsChecks(label));
    }

    /** Read from their library's data, once, when the first such host is judged. */
    private static final class Checkers {
        static final SpoofChecker SKELETONS = new SpoofChecker.Builder().build();
        static final SpoofChecker ALPHABETS = new SpoofChecker.Builder()
                .setChecks(SpoofChecker.RESTRICTION_LEVEL)
                .setRestrictionLevel(RestrictionLevel.HIGHLY_RESTRICTIVE)
                .build();
    }
}
