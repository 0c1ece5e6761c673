import { mount } from 'svelte';
import './fonts.css';
import 'maplibre-gl/dist/maplibre-gl.css';
import './app.css';
import App from './App.svelte';

// A page that was open while the registry was upgraded may ask for a module that is no longer there: the new page has what it needs.
window.addEventListener('vite:preloadError', () => location.reload());

mount(App, { target: document.getElementById('app')! });
