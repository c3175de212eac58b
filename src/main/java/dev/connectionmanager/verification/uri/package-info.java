/**
 * What is judged about an address as it is typed, and about whether its host can be reached. Pure.
 */
package dev.connectionmanager.verification.uri;
