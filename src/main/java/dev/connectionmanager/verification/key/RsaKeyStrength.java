package dev.connectionmanager.verification.key;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What makes an RSA public key breakable, told in words for people. All of it is bounded: some milliseconds for a
 * modulus of 4,096 bits, and nothing is computed with a larger one.
 */
final class RsaKeyStrength {
    private static final int SMALLEST = 2_048;
    private static final int LARGEST = 4_096;
    private static final BigInteger LOWEST_EXPONENT = BigInteger.valueOf(65_537);
    private static final int LONGEST_EXPONENT = 32;
    private static final int FERMAT_ROUNDS = 100;
    private static final List<Integer> PRIMES = IntStream.range(2, 10_000)
            .filter(n -> IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(divisor -> n % divisor == 0))
            .boxed()
            .toList();

    /**
     * Moduli of the faulty generator are powers of 65537 modulo each of these primes (CVE-2017-15361, "ROCA"); of other
     * moduli one in some hundred million is.
     */
    private static final List<Integer> ROCA_PRIMES =
            List.of(11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157);

    private static final List<Set<Integer>> ROCA_RESIDUES =
            ROCA_PRIMES.stream().map(RsaKeyStrength::powersOf65537).toList();

    /** Squares leave few remainders: they sort out most candidates without a square root. */
    private static final int SIEVE = 64 * 63 * 65;

    private static final BitSet SQUARES = new BitSet(SIEVE);

    static {
        LongStream.range(0, SIEVE).forEach(n -> SQUARES.set((int) (n * n % SIEVE)));
    }

    private RsaKeyStrength() {}

    /** Each weakness as a code and its arguments; empty when nothing is wrong. */
    static List<List<String>> ofModulus(BigInteger modulus) {
        var bits = modulus.bitLength();
        if (bits > LARGEST) {
            return List.of(List.of("modulus-bits", Integer.toString(bits)));
        }
        var found = new ArrayList<List<String>>();
        if (bits < SMALLEST) {
            found.add(List.of("modulus-bits", Integer.toString(bits)));
        }
        smallFactor(modulus).ifPresent(prime -> found.add(List.of("modulus-divisible", Integer.toString(prime))));
        if (madeByFaultyGenerator(modulus)) {
            found.add(List.of("faulty-generator"));
        }
        if (modulus.signum() > 0 && hasClosePrimes(modulus)) {
            found.add(List.of("close-primes"));
        }
        return found;
    }

    /** Odd, from 65537 to 2³²−1; else why not, as a code and its argument. */
    static Optional<List<String>> ofExponent(BigInteger exponent) {
        var good = exponent.compareTo(LOWEST_EXPONENT) >= 0
                && exponent.bitLength() <= LONGEST_EXPONENT
                && exponent.testBit(0);
        return good
                ? Optional.empty()
                : Optional.of(
                        exponent.bitLength() <= LONGEST_EXPONENT
                                ? List.of("exponent", exponent.toString())
                                : List.of("exponent-bits", Integer.toString(exponent.bitLength())));
    }

    private static Optional<Integer> smallFactor(BigInteger modulus) {
        return PRIMES.stream().filter(prime -> remainder(modulus, prime) == 0).findFirst();
    }

    private static boolean madeByFaultyGenerator(BigInteger modulus) {
        return IntStream.range(0, ROCA_PRIMES.size())
                .allMatch(i -> ROCA_RESIDUES.get(i).contains(remainder(modulus, ROCA_PRIMES.get(i))));
    }

    private static Set<Integer> powersOf65537(int prime) {
        var powers = new HashSet<Integer>();
        for (int power = 1; powers.add(power); ) {
            power = power * (65_537 % prime) % prime;
        }
        return powers;
    }

    /** Fermat's factorisation: as many rounds as find primes that share their upper half. */
    private static boolean hasClosePrimes(BigInteger modulus) {
        var roots = modulus.sqrtAndRemainder();
        if (roots[1].signum() == 0) {
            return true;
        }
        var a = roots[0].add(BigInteger.ONE);
        var rest = a.multiply(a).subtract(modulus);
        for (int i = 0; i < FERMAT_ROUNDS; i++) {
            if (SQUARES.get(remainder(rest, SIEVE)) && rest.sqrtAndRemainder()[1].signum() == 0) {
                return true;
            }
            rest = rest.add(a.shiftLeft(1)).add(BigInteger.ONE);
            a = a.add(BigInteger.ONE);
        }
        return false;
    }

    private static int remainder(BigInteger number, int divisor) {
        return number.mod(BigInteger.valueOf(divisor)).intValue();
    }
}
