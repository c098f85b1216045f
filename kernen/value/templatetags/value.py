from django import template

from kernen.value.money import kroner

register = template.Library()
register.filter(kroner)
