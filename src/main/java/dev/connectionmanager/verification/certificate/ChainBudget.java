package dev.connectionmanager.verification.certificate;

/**
 * Bounds the work that one presented chain can cause. Cross-signed cycles and long lists of name constraints cost a
 * verifier exponential or quadratic time (CVE-2024-0567; the path-building denial of service of Go issue 65085).
 */
final class ChainBudget {
    /** About half a second of signature checks. A public chain needs fewer than ten. */
    private static final int MOST_SIGNATURES = 1_000;

    private static final int MOST_STEPS = 20_000;
    private static final long MOST_COMPARISONS = 1_000_000;

    private int signatures;
    private int steps;
    private long comparisons;

    boolean signature() {
        return ++signatures <= MOST_SIGNATURES;
    }

    boolean step() {
        return ++steps <= MOST_STEPS;
    }

    boolean compare(long howMany) {
        comparisons += howMany;
        return comparisons <= MOST_COMPARISONS;
    }

    boolean exhausted() {
        return signatures > MOST_SIGNATURES || steps > MOST_STEPS || comparisons > MOST_COMPARISONS;
    }
}
