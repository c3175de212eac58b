/**
 * The clients of the mock authorisation service: those that teams registered, as they stand at this moment, and those that
 * anybody made for a test. Their key sets are fetched through a guard with places and shares of its own.
 */
package dev.connectionmanager.mock.client;
