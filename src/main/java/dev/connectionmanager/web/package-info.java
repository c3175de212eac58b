/**
 * The pages: turns form posts into what the acts take, and what they answer into HTML that works without JavaScript. A
 * thin edge: no rule, no right and no sentence about a rule lives here, and it never sees the REST API.
 */
package dev.connectionmanager.web;
