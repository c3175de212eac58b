package dev.connectionmanager.verification;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** What makes an RSA public key breakable. All of it is cheap next to fetching the key. */
final class RsaKeyStrength {
    private static final int SMALLEST = 2_048;
    private static final int LARGEST = 4_096;
    private static final BigInteger LOWEST_EXPONENT = BigInteger.valueOf(65_537);
    private static final int LONGEST_EXPONENT = 32;
    private static final int FERMAT_ROUNDS = 100;
    private static final int TRIAL_DIVISION_UP_TO = 10_000;
    /** The product of all primes below the bound: one gcd instead of a thousand divisions. */
    private static final BigInteger SMALL_PRIMES = smallPrimes();

    /**
     * The primes for which moduli of the faulty generator are always powers of 65537 (CVE-2017-15361, "ROCA"), as
     * published with the attack.
     */
    private static final List<Integer> ROCA_PRIMES =
            List.of(11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157);

    private RsaKeyStrength() {}

    /** Said for people; empty when nothing is wrong. */
    static Optional<String> weakness(BigInteger modulus, BigInteger exponent) {
        if (modulus.bitLength() < SMALLEST || modulus.bitLength() > LARGEST) {
            return Optional.of("it has " + modulus.bitLength() + " bits");
        }
        if (exponent.compareTo(LOWEST_EXPONENT) < 0
                || exponent.bitLength() > LONGEST_EXPONENT
                || !exponent.testBit(0)) {
            return Optional.of("its exponent is " + (exponent.bitLength() > 64 ? "very large" : exponent));
        }
        if (!modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE)) {
            return Optional.of("its modulus has a small factor");
        }
        if (madeByRocaGenerator(modulus)) {
            return Optional.of("it was made by a faulty generator (CVE-2017-15361)");
        }
        return closePrimes(modulus) ? Optional.of("its two primes are too close together") : Optional.empty();
    }

    private static boolean madeByRocaGenerator(BigInteger modulus) {
        return ROCA_PRIMES.stream()
                .allMatch(prime ->
                        powerOf65537(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime));
    }

    private static boolean powerOf65537(int residue, int prime) {
        var power = 1;
        for (int i = 0; i < prime; i++) {
            if (power == residue) {
                return true;
            }
            power = power * (65_537 % prime) % prime;
        }
        return false;
    }

    /** Fermat's factorisation, as many rounds as find primes that share their upper half. */
    private static boolean closePrimes(BigInteger modulus) {
        var a = modulus.sqrt();
        if (a.multiply(a).compareTo(modulus) < 0) {
            a = a.add(BigInteger.ONE);
        }
        for (int i = 0; i < FERMAT_ROUNDS; i++) {
            var rest = a.multiply(a).subtract(modulus).sqrtAndRemainder();
            if (rest[1].signum() == 0) {
                return true;
            }
            a = a.add(BigInteger.ONE);
        }
        return false;
    }

    private static BigInteger smallPrimes() {
        var product = BigInteger.ONE;
        for (int n = 2; n < TRIAL_DIVISION_UP_TO; n++) {
            if (BigInteger.valueOf(n).isProbablePrime(30)) {
                product = product.multiply(BigInteger.valueOf(n));
            }
        }
        return product;
    }
}
