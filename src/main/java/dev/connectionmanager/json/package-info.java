/**
 * JSON as the portal keeps it: one way to write and read it, by the names of the standards, for every room that stores
 * something as JSON. What bodies of requests may hold is the edges' business.
 *
 * <p>Must not know which records there are, or where they are kept.
 */
package dev.connectionmanager.json;
