/** What the mock authorisation service does by the clock: it forgets, and makes keys beforehand. */
package dev.connectionmanager.mock.upkeep;
