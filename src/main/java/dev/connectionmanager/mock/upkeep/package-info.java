/** What the mock authorisation service does by the clock: it forgets. */
package dev.connectionmanager.mock.upkeep;
