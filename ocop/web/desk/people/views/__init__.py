"""Screens of accounts, mandates and invitations: query, policy, form, one action, redirect."""
