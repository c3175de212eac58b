/**
 * Tests of one's own: each an issuer with keys, users, clients, clock and faults, for automated tests of relying parties. Who has
 * a test's token may do everything with it; nobody else knows that it is there.
 */
package dev.connectionmanager.mock.test;
