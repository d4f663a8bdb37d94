package dev.sluice.sops;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Shamir's secret sharing over GF(2^8) with AES's polynomial: a share is one byte for each byte of
 * the secret, and then its x.
 */
final class Shamir {
    private static final int POLYNOMIAL = 0x11b;
    private static final int FIELD = 255;

    private Shamir() {}

    /**
     * The secret from all shares at hand. Too few of them give another secret, not an error: what
     * is opened with it fails.
     *
     * @throws IllegalArgumentException for fewer than two shares, unequal lengths, or the same
     *     share twice
     */
    static byte[] combine(List<byte[]> shares) {
        int length = shares.isEmpty() ? 0 : shares.getFirst().length;
        Set<Byte> xs = new HashSet<>();
        for (byte[] share : shares) {
            if (share.length != length
                    || length < 2
                    || !xs.add(share[length - 1])
                    || share[length - 1] == 0) {
                throw new IllegalArgumentException(
                        "shares of unequal length, or the same share twice");
            }
        }
        if (shares.size() < 2) {
            throw new IllegalArgumentException("at least two shares are needed");
        }
        byte[] secret = new byte[length - 1];
        for (byte[] share : shares) {
            int weight = weightAtZero(share, shares);
            for (int i = 0; i < secret.length; i++) {
                secret[i] ^= (byte) multiply(share[i] & FIELD, weight);
            }
        }
        return secret;
    }

    /** Lagrange's basis polynomial of a share at 0. */
    private static int weightAtZero(byte[] share, List<byte[]> shares) {
        int last = share.length - 1;
        int x = share[last] & FIELD;
        int weight = 1;
        for (byte[] other : shares) {
            int otherX = other[last] & FIELD;
            if (otherX != x) {
                weight = multiply(weight, multiply(otherX, inverse(otherX ^ x)));
            }
        }
        return weight;
    }

    /**
     * Splits a secret.
     *
     * @param parts how many shares are made, 2 to 255
     * @param threshold how many of them give the secret back, 2 to {@code parts}
     */
    static List<byte[]> split(byte[] secret, int parts, int threshold, SecureRandom random) {
        if (threshold < 2 || parts < threshold || parts > FIELD) {
            throw new IllegalArgumentException(
                    "a threshold of " + threshold + " of " + parts + " is not possible");
        }
        byte[][] coefficients = new byte[threshold - 1][secret.length];
        for (byte[] coefficient : coefficients) {
            random.nextBytes(coefficient);
        }
        List<byte[]> shares = new ArrayList<>();
        for (int x = 1; x <= parts; x++) {
            byte[] share = new byte[secret.length + 1];
            share[secret.length] = (byte) x;
            for (int i = 0; i < secret.length; i++) {
                int y = 0;
                for (int power = coefficients.length - 1; power >= 0; power--) {
                    y = multiply(y, x) ^ (coefficients[power][i] & FIELD);
                }
                share[i] = (byte) (multiply(y, x) ^ (secret[i] & FIELD));
            }
            shares.add(share);
        }
        return shares;
    }

    /** Without tables and branches on the operands: they are secret. */
    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = a;
        for (int bit = 0; bit < 8; bit++) {
            product ^= shifted & -((b >> bit) & 1);
            shifted = (shifted << 1) ^ (POLYNOMIAL & -((shifted >> 7) & 1));
        }
        return product & FIELD;
    }

    /** a^254. */
    private static int inverse(int a) {
        int result = 1;
        int power = a;
        for (int bit = 1; bit < 8; bit++) {
            power = multiply(power, power);
            result = multiply(result, power);
        }
        return result;
    }
}
