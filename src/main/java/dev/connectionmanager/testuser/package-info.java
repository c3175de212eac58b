/**
 * What a team tests with on the Path to Live: its test users, what it asked for, and which authenticator serves what.
 *
 * <p>Knows nothing of registrations, and of the mock only that it lets test users log in.
 */
package dev.connectionmanager.testuser;
